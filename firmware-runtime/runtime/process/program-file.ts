// The file that a worker of ours is started from: the program itself, built or as source.
// Alone, so that whoever starts a worker does not load a lot.
import { must } from '../../core/values/must.ts'

/** The program's own file: started again as the reading worker and as simulators. */
export function programFile(): string {
  const file = process.argv[1]
  must(file !== undefined, 'the program knows its own file')
  return file
}
