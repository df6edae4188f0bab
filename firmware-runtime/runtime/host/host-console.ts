// What the page of frames needs of a host: the services of the devices' frames, files beside the lot, and the library.
import { keepFile } from '#base/files/kept-file.ts'
import { thisProgram } from '#base/desk/process/program-facts.ts'
import type { Site } from '../site/site-parts.ts'

export const hostConsole = (dir: string, { frameServices, runtime }: Site) => ({
  frameServices,
  version: thisProgram.version,
  nowMs: () => runtime.nowMs(),
  keepFile: (folder: string, name: string, bytes: Uint8Array) => keepFile(dir, folder, name, bytes),
  library: async () =>
    (await import('#devices/desk/profile/workshop-library.ts')).workshopLibrary(),
})
