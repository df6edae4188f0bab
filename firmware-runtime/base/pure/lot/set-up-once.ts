// A library that can be set up once in a process: who comes second finds it set up, which is as good.
// Report and simulated printer share the raster engine where both are loaded in one process, as in tests.

/** Throws what `setUp` threw, but for its word that it was called before. */
export async function setUpOnce(setUp: Promise<void>): Promise<void> {
  try {
    await setUp
  } catch (error) {
    if (!String(error).includes('Already initialized')) throw error
  }
}
