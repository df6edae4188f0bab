// The files that a report needs beside the program: two weights of a CJK font, and the renderer of drawings.
// Built programs have them in `report/`, a checkout in its packages.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../pure/faults/faults.ts'

interface ReportParts {
  readonly regular: string
  readonly bold: string
  readonly raster: string
}

const packages = join(import.meta.dirname, '../../../../node_modules')
const font = join(packages, '@expo-google-fonts', 'noto-sans-sc')
const beside = join(import.meta.dirname, 'report')

/** installers/dev/build.mjs copies them from the packages to `report/`. */
const places: readonly ReportParts[] = [
  {
    regular: join(beside, 'regular.ttf'),
    bold: join(beside, 'bold.ttf'),
    raster: join(beside, 'raster.wasm'),
  },
  {
    regular: join(font, '400Regular', 'NotoSansSC_400Regular.ttf'),
    bold: join(font, '700Bold', 'NotoSansSC_700Bold.ttf'),
    raster: join(packages, '@resvg', 'resvg-wasm', 'index_bg.wasm'),
  },
]

export function reportParts(): ReportParts {
  const found = places.find((place) =>
    Object.values(place).every((file: string) => existsSync(file)),
  )
  if (found === undefined) throw new LaneFault('REPORT-02', { file: beside })
  return found
}
