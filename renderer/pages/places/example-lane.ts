// An example of a handheld as a lane of lot.json, to be copied when the first one is added.
// A test checks it like a lot file.

export const exampleLane = `{
  "id": "handheld", "name": {"zh": "手持机", "en": "Handheld"},
  "direction": "exit", "camera": null, "barrier": null, "display": null,
  "rsu": "tcp://192.0.2.30:60001?variant=generic/rsu-frames",
  "place": {
    "kind": "handheld", "gnss": "tcp://192.0.2.30:2947",
    "marginM": 10, "staleSec": 10,
    "fence": {"shape": "circle", "radiusM": 60,
      "center": {"latMicrodeg": 22817000, "lonMicrodeg": 108366000}}}
}`

export const moreIn = 'docs/cli.md'
