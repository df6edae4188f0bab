// The name by which SQLite opens a file. Windows cuts a usual path at 260 characters for whoever asks it without the prefix of
// long ones, which Node puts before names of files by itself and SQLite does not; elsewhere a path stays as it is. A database in
// memory is no file, and with a prefix it would be one.
import path from 'node:path'

export const inMemory = ':memory:'

export const databasePath = (file: string, paths = path): string =>
  file === inMemory ? file : paths.toNamespacedPath(file)
