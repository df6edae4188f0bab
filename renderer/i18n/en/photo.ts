// English words of photos of instruments: picking one, what is wrong with a file, looking at it.
// Photos of plates have their words with the lane.

export const photo = {
  photo: {
    title: 'Photos of instruments',
    label: 'Photo of the instrument',
    pick: 'Pick a photo…',
    why: 'What the inclinometer or tape read; kept with the value and in the passport. JPEG or PNG, may be dropped here, may be left out.',
    opening: 'Opening the photo',
    picked: 'The photo that was picked',
    asItIs: 'kept as it is, {kb} KB',
    smaller: '{width}×{height} made smaller, {kb} KB',
    out: 'Leave it out',
    open: 'click to enlarge',
    of: 'Photo of the instrument: {title}',
    gone: 'The photo is not there any more',
    refused: {
      notPicture: 'Not a JPEG or PNG by its content, so it was not taken. Pick another file.',
      tooLarge: 'The photo is larger than 16 MB and was not taken. Take it in normal quality.',
      cannotOpen: 'The picture is damaged and was not taken. Copy it again or pick another.',
      many: 'One photo at a time; none was taken. Pick a single file.',
    },
  },
}
