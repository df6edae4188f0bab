// What an update offers to this program: pure. A signed target names product, version and system; an older version is no
// offer, and neither is the present one.

/** `0.1.2513`: three whole numbers without leading zeros. */
const versionForm = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/

/** Below 0: `a` is older. NaN: one of them is no version. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [versionForm.exec(a), versionForm.exec(b)]
  if (one === null || other === null) return Number.NaN
  for (const at of [1, 2, 3]) {
    const difference = Number(one[at]) - Number(other[at])
    if (difference !== 0) return difference
  }
  return 0
}

/** A file of a release, as its signed metadata describes it. */
export interface ReleaseFile {
  /** Below the folder of the release. */
  readonly path: string
  readonly bytes: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly product: string
  readonly version: string
  readonly build: string
  /** `linux-x64` … */
  readonly system: string
  /** `archive`: the lanes, as a folder that is unpacked beside the present one. */
  readonly form: string
}

interface ThisProgram {
  readonly product: string
  readonly version: string
  readonly system: string
}

export type Offer =
  | { readonly is: 'newer'; readonly file: ReleaseFile }
  | { readonly is: 'same' | 'older'; readonly file: ReleaseFile }
  /** Nothing in it is for this product and system. */
  | { readonly is: 'none' }

/** The newest file for this program. */
export function offerOf(files: readonly ReleaseFile[], own: ThisProgram): Offer {
  const fitting = files
    .filter(
      ({ product, system, form, version }) =>
        product === own.product &&
        system === own.system &&
        form === 'archive' &&
        versionForm.test(version),
    )
    .toSorted((a, b) => compareVersions(b.version, a.version))
  const [file] = fitting
  if (file === undefined) return { is: 'none' }
  const order = compareVersions(file.version, own.version)
  if (Number.isNaN(order)) return { is: 'none' }
  return { is: order > 0 ? 'newer' : order === 0 ? 'same' : 'older', file }
}
