// English words of a document that is being made, wherever one is asked for.

export const making = {
  making: {
    making: 'Making it',
    reading: 'Reading the data',
    layingOut: 'Laying out',
    stopping: 'Cancelling',
    seconds: '{n} s so far',
    cancel: 'Cancel',
    cancelled: 'Cancelled, no file was made.',
  },
}
