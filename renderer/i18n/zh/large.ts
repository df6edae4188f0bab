// Chinese words of an amount above the lot's limit.
// Released it is charged by ETC, and the button says how much.

export const large = {
  large: {
    act: '核对大额',
    title: '核对大额 · {lane}',
    do: '金额无误,由 ETC 扣 {amount}',
    correct: '车牌不对,纠正…',
    reject: '不由 ETC 扣,改人工收费…',
  },
}
