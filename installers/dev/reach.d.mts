/** The path that an import of a file names. */
export function pathOf(file: string, to: string): string
