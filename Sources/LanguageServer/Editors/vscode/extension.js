// Starts `ordain lsp` for specifications; all else is the server's.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

function activate(context) {
  const command = workspace.getConfiguration('ordain').get('path', 'ordain');
  client = new LanguageClient(
    'ordain',
    'Ordain',
    { command, args: ['lsp'] },
    {
      documentSelector: [{ language: 'ordain' }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher('**/*.ordain') },
    },
  );
  context.subscriptions.push({ dispose: () => client.stop() });
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
