// `npm run release`, started by bootstrap.mjs once dist/ is built.
import { release } from './release.mjs'
import { say, SetupStop } from './progress.mjs'

try {
  process.exitCode = await release(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupStop)) throw error
  say(error.message)
  process.exitCode = 1
}
