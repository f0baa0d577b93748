// The values of this target come with its first stage.
