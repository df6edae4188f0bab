// The searches that makers of cameras have of their own, by their folders.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CameraSearch } from './search.ts'
import { dahuaSearch } from './dahua/search.ts'
import { sadp } from './hikvision/search.ts'

export const cameraSearches: readonly CameraSearch[] = [dahuaSearch, sadp]
