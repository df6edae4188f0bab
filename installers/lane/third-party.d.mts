/** What came whole into a package. `file`: its licence. */
interface Whole {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly file: string
}

export const licencesFile: string
export const sbomFile: string
export function layThirdParty(
  folder: string,
  made: {
    readonly program: { readonly name: string; readonly version: string }
    readonly parts: readonly string[]
    readonly unbundled: readonly string[]
    readonly others: readonly Whole[]
  },
): void
