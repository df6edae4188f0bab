// Why a device is not in service although its link is up: it is silent, or sends undecodable bytes. A wrong speed,
// another model and another device look the same here; the link doctor tells them apart.

const words = ['silent', 'garbage'] as const
type LinkHintWord = (typeof words)[number]

export const isHintWord = (text: string | undefined): boolean => words.some((word) => word === text)

export class LinkHint {
  private isUp = false
  private bytes = 0
  private frames = 0

  /** Observes the driver's input. Data from before a link came up does not count. */
  take(event: { readonly type: string; readonly bytes?: Uint8Array }): void {
    if (event.type === 'bytes') this.bytes += event.bytes?.length ?? 0
    if (event.type !== 'linkUp' && event.type !== 'linkDown') return
    this.isUp = event.type === 'linkUp'
    this.bytes = 0
    this.frames = 0
  }

  /** A frame of the device was decoded. */
  framed(): void {
    this.frames++
  }

  get isUnderstood(): boolean {
    return this.isUp && this.frames > 0
  }

  /** Undefined: frames were decoded, or the link is down, which is then the reason. */
  get word(): LinkHintWord | undefined {
    if (!this.isUp || this.frames > 0) return undefined
    return this.bytes > 0 ? 'garbage' : 'silent'
  }
}
