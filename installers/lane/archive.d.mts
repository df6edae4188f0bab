/** `lay` writes the program into the folder that it is given; `system` as an update names it. Returns the file. */
export function makeArchive(
  out: string,
  how: {
    readonly system: string
    readonly quick: boolean
    readonly version?: string
    lay(folder: string): void | Promise<void>
  },
): Promise<string>

export function layLinuxLanes(
  folder: string,
  how: { readonly system: string; readonly nodeBinary: string },
): void
