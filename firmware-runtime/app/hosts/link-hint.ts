// Why a device is not in service although its link is up: it says nothing, or nothing of its own.
// A wrong speed, another model and another device look the same from here; the link doctor tells them apart.

const words = ['silent', 'garbage'] as const
type LinkHintWord = (typeof words)[number]

export const isHintWord = (text: string | undefined): boolean => words.some((word) => word === text)

export class LinkHint {
  private isUp = false
  private bytes = 0
  private frames = 0

  /** Sees what a driver is given. What was heard before a link came up counts no more. */
  take(event: { readonly type: string; readonly bytes?: Uint8Array }): void {
    if (event.type === 'bytes') this.bytes += event.bytes?.length ?? 0
    if (event.type !== 'linkUp' && event.type !== 'linkDown') return
    this.isUp = event.type === 'linkUp'
    this.bytes = 0
    this.frames = 0
  }

  /** A frame of the device was understood. */
  framed(): void {
    this.frames++
  }

  get isUnderstood(): boolean {
    return this.isUp && this.frames > 0
  }

  /** Undefined where the device was understood, or the link is not there: then that is the reason. */
  get word(): LinkHintWord | undefined {
    if (!this.isUp || this.frames > 0) return undefined
    return this.bytes > 0 ? 'garbage' : 'silent'
  }
}
