"""Draw `digits.svg`: test digits that all clauses certify, that only the relaxed ones do, and that none does.

    python picture.py
    python picture.py --check            exit 1 if `digits.svg` is another picture

Of each kind the first images in the order of the test set, of different labels while there are any. The same files give
the same bytes.
"""

import argparse
import sys

import numpy as np

from evaluate import CLAUSES, HERE, RADIUS, Network, alike, clause_radii, top_radius

COLUMNS = 6
PIXEL = 9
MARGIN, GAP, CAPTION, TITLE = 16, 22, 34, 30
STYLE = "text{font:12px sans-serif;fill:#222}.t{font-weight:bold;font-size:13px}.w{fill:#b00020}"


def ink_paths(image, left, top):
    """The digit as one path of squares for each shade; full ink is black."""
    paths = [f'<rect x="{left}" y="{top}" width="{8 * PIXEL}" height="{8 * PIXEL}" fill="#fff" stroke="#999"/>']
    shades = np.rint(image * 16).astype(int)
    for shade in range(1, 17):
        corners = [(left + x * PIXEL, top + y * PIXEL) for y, x in np.argwhere(shades == shade)]
        cells = [f"M{x} {y}h{PIXEL}v{PIXEL}h-{PIXEL}z" for x, y in corners]
        if cells:
            grey = round(255 * (1 - shade / 16))
            paths.append(f'<path d="{"".join(cells)}" fill="#{grey:02x}{grey:02x}{grey:02x}"/>')
    return paths


def kept(scores, bounds):
    """The smallest set of classes that a clause certifies the decision to stay in, as text."""
    order = np.argsort(-scores, kind="stable")
    for size in (1, 2, 3):
        if (size <= 2 or alike(order, size)) and top_radius(scores, bounds, order, size) > RADIUS:
            return "stays " + " or ".join(str(digit) for digit in sorted(order[:size]))
    return "not certified"


def variety(indices, labels):
    """At most COLUMNS of the images, in order: the first of each label, and further ones while there is room."""
    firsts = [i for n, i in enumerate(indices) if labels[i] not in labels[indices[:n]]]
    return sorted((firsts + [i for i in indices if i not in firsts])[:COLUMNS])


def kind(radii):
    """0 where every clause certifies, 1 where only relaxed ones do, 2 where none does."""
    certified = [radii[clause] > RADIUS for clause in CLAUSES]
    return 0 if all(certified) else 1 if any(certified) else 2


def main():
    """Write the picture, or compare it."""
    parser = argparse.ArgumentParser(description="Draw digits.svg.")
    parser.add_argument("--check", action="store_true", help="compare with digits.svg, write nothing")
    file = HERE / "digits.svg"
    if not parser.parse_args().check:
        file.write_text(picture())
    elif file.read_text() != picture():
        sys.exit(f"{file} is not what this script draws")


def picture():
    """Choose the digits and draw them, as SVG."""
    network = Network(HERE / "digits.onnx")
    images, labels = np.load(HERE / "test_inputs.npy"), np.load(HERE / "test_labels.npy")
    scores, (_, bounds) = network.logits(images), network.pairwise()
    rows = ([], [], [])
    for index, row in enumerate(scores):
        rows[kind(clause_radii(row, bounds))].append(index)
    titles = [
        f"certified by every clause at radius {RADIUS}: {len(rows[0])} of {len(images)}",
        f"certified by pair or alike, not by same: {len(rows[1])}",
        f"certified by no clause: {len(rows[2])}",
    ]
    cell, row_height = 8 * PIXEL, TITLE + 8 * PIXEL + CAPTION + GAP
    width = 2 * MARGIN + COLUMNS * cell + (COLUMNS - 1) * GAP
    height = 2 * MARGIN + len(rows) * row_height - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-labelledby="title description">',
        '<title id="title">Digits that all clauses, some, and none certify</title>',
        f'<desc id="description">{"; ".join(titles)}. Under each digit its label, how the network reads it, and the'
        " smallest set of classes that is certified.</desc>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fafafa"/>',
    ]
    for position, (title, chosen) in enumerate(zip(titles, rows)):
        top = MARGIN + position * row_height
        parts.append(f'<text class="t" x="{MARGIN}" y="{top + 14}">{title}</text>')
        for column, index in enumerate(variety(chosen, labels)):
            left, upper = MARGIN + column * (cell + GAP), top + TITLE - 6
            prediction, label = int(np.argmax(scores[index])), int(labels[index])
            wrong = "" if prediction == label else ' class="w"'
            parts += ink_paths(images[index].reshape(8, 8), left, upper)
            lines = [f"{label}, read as {prediction}", kept(scores[index], bounds)]
            for number, line in enumerate(lines):
                style = wrong if number == 0 else ""
                parts.append(f'<text{style} x="{left}" y="{upper + cell + 15 + 15 * number}">{line}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
