// A push as Hikvision cameras write it: XML, clip of the plate and whole scene in multipart/form-data.
// Built from the parts of push.ts, so that a harness without HTTP gets the same bytes.
import { spaceParts } from './hikvision-space.ts'
import type { PushContent, PushStyle } from './push-style.ts'
import { dateTimeOf } from './spelled-time.ts'
import { anprXml, jpegPart, multipart, xmlPart, type PushPart } from './push.ts'
import { picturesOf } from './sighting.ts'

function partsOf({ sighting, posts, history, macAddress, colourInFront }: PushContent): PushPart[] {
  const xml = anprXml({
    ...sighting,
    macAddress,
    dateTime: dateTimeOf(sighting),
    activePostCount: posts,
    history,
    colourInFront,
  })
  const pictures = picturesOf(sighting)
  if (pictures === null) return [xmlPart(xml)]
  return [
    xmlPart(xml),
    jpegPart('licensePlatePicture', pictures.plate),
    jpegPart('detectionPicture', pictures.car),
  ]
}

export const hikvisionPush: PushStyle = (content) => {
  const usual = spaceParts(content) ?? partsOf(content)
  const parts = content.reordered ? usual.reverse() : usual
  return { parts, body: multipart(parts) }
}
