// The program's own file, built or as source, from which workers are started.
// A module of its own, so that starting a worker does not load the code of a lot.
import { must } from '../../core/values/must.ts'

/** The program's own file: started again as the reading worker and as simulators. */
export function programFile(): string {
  const file = process.argv[1]
  must(file !== undefined, 'the program knows its own file')
  return file
}
