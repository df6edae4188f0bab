// Number of mutations and seed: design.md section 7. FUZZ_SEED repeats a run, FUZZ_MUTATIONS
// sets the number for a binary codec; a text codec gets a tenth. A failing test prints both.
import { afterEach } from 'vitest'

const env = (name: string): string | undefined => process.env[name]

/** `npm run test:full`: 10 million each, about 200 million over all codecs. */
const fullTimes = 50
const times = env('ETC_LANE_SCALE') === 'full' ? fullTimes : 1

export const binaryMutations = Number(env('FUZZ_MUTATIONS') ?? 200_000 * times)
export const textMutations = Math.ceil(binaryMutations / 10)
export const seed = Number(env('FUZZ_SEED') ?? 20_261_120)

/** Must be called once in each file of this folder. */
export function sayFailingSeed(): void {
  afterEach(({ task }) => {
    if (task.result?.state !== 'fail') return
    process.stderr.write(
      `${task.name}: FUZZ_SEED=${seed} FUZZ_MUTATIONS=${binaryMutations} repeats it\n`,
    )
  })
}
