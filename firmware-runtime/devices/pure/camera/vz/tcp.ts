// Vzicom as a camera with a TCP protocol: frames of text followed by pictures.
import { defineTcpMake, type PictureFinder } from '../tcp-make.ts'
import { vzDriver, type VzState } from './driver.ts'
import { emptyVzFraming, feedVz, resyncVz } from './framing.ts'
import { vzFrameKinds, vzReader } from './reader.ts'

function pictures(): PictureFinder {
  let framing = emptyVzFraming
  return {
    feed(bytes) {
      const fed = feedVz(framing, bytes)
      framing = fed.state
      return fed.pictures
    },
    resync: () => void (framing = resyncVz(framing).state),
    cut: () => void (framing = emptyVzFraming),
  }
}

export const vzTcp = defineTcpMake<VzState>({
  name: 'vz',
  port: 8131,
  variant: 'vz-tcp',
  profile: 'vzicom-tcp',
  types: vzFrameKinds,
  reader: vzReader,
  pictures,
  driver: vzDriver,
})
