// Names of the relays and inputs of a board by their wiring, for people who read its frames. They come from the
// driver's own wiring, so the two cannot disagree.
import type { BarrierWiring } from './config.ts'

interface NamedInput {
  readonly name: string
  readonly di: number
  readonly activeHigh: boolean
}

export interface BoardNames {
  readonly outputs: readonly { readonly name: string; readonly channel: number }[]
  readonly inputs: readonly NamedInput[]
}

export const noNames: BoardNames = { outputs: [], inputs: [] }

export const namesOfWiring = ({ outputs, inputs, presence }: BarrierWiring): BoardNames => ({
  outputs: Object.entries(outputs).flatMap(([name, channel]) =>
    channel === null ? [] : [{ name, channel }],
  ),
  inputs: [
    ...Object.entries(inputs).flatMap(([name, input]) => (input ? [{ name, ...input }] : [])),
    ...presence.map((input, i) => ({ name: `presence ${i + 1}`, ...input })),
  ],
})
