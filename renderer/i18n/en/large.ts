// English words of an amount above the lot's limit.
// Its keys are those of the Chinese catalogue.

export const large = {
  large: {
    act: 'Check the large amount',
    title: 'Check the large amount · {lane}',
    do: 'The amount is right: ETC charges {amount}',
    correct: 'The plate is wrong: correct it…',
    reject: 'Not by ETC: another payment…',
  },
}
