// Chinese words of the cover of a survey's report, and of signing over rows that have not passed.
// The sentence that stops a signature comes from the runtime.

export const surveyCover = {
  surveyCover: {
    title: '报告封面',
    empty: '还没有报告编号、检测单位和地址',
    edit: '填写封面',
    save: '保存封面',
    saving: '正在保存…',
    number: '报告编号',
    company: '检测单位',
    address: '停车场地址',
    representative: '停车场代表',
    logo: '单位标志',
    logoPick: '选择图片',
    logoOff: '去掉标志',
    logoWhat: 'PNG 或 JPEG,保存为不超过 1200 像素、256 KB 的 PNG',
    refused: {
      notPicture: '不是 PNG 或 JPEG 图片',
      tooLarge: '图片太大',
      cannotOpen: '图片打不开',
    },
    override: '仍要签字…',
    overrideWhat: '逐项勾选,写明理由和责任人;记入勘测并印在签字旁',
    reason: '理由',
    who: '责任人',
    overrideNeed: '有项目未通过:逐项勾选并写明理由和责任人,或先补测',
    signedDespite: '未通过仍签字:{rows};理由:{reason};责任人:{who}',
  },
}
