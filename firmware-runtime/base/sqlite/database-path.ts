// The path with which SQLite opens a file. Windows limits a path to 260 characters unless it has the long-path prefix,
// which Node adds by itself and SQLite does not; on other systems the path stays as it is.
// `:memory:` stays too: with a prefix it would be a file.
import path from 'node:path'

export const inMemory = ':memory:'

export const databasePath = (file: string, paths = path): string =>
  file === inMemory ? file : paths.toNamespacedPath(file)
