// English words of payments by code at a stay, and of money that goes back.
// Its keys are those of the Chinese catalogue.

export const codes = {
  codes: {
    title: 'Payments by code',
    no: 'Number of the payment',
    state: 'State',
    paid: 'Taken',
    back: 'Given back',
    is: {
      made: 'noted',
      sent: 'sent',
      pending: 'waits for the driver',
      paid: 'paid',
      failed: 'not paid',
      cancelling: 'being cancelled',
      closed: 'closed',
      reversed: 'reversed',
      odd: 'for a person to check',
    },
    refund: {
      sent: 'approved and sent, the gateway works on it',
      unknown: 'result unknown, it is being queried',
      done: 'given back',
      refused: 'refused by the gateway',
    },
    late: 'paid too late, went back by itself',
    alone: 'asked by {by}, nobody else could approve',
    two: 'asked by {by}, approved by {second}',
    give: 'Refund…',
    giveTitle: 'Give money of a payment by code back',
    giveWhy:
      'Up to {amount} can go back, the way it came. One person asks and another one approves; it is done when the gateway says so.',
    giveDo: 'Ask for a refund of {amount}',
    yuan: 'Amount (yuan)',
    second: 'Approved by',
    bad: 'More than 0 and no more than what is left, and who approves',
  },
}
