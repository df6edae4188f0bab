// Chinese words of the guided check of a survey (rows 1 to 4), its photos and the name plate.
// Texts of the questions come from the runtime.

export const surveyCheck = {
  surveyCheck: {
    drop: '也可拖到这里;JPEG 或 PNG,自动缩小到 4 MB 以内',
    pick: '添加照片…',
    where: '位置',
    answeredAt: '回答于 {time}',
    geometry: '天线高度与角度',
    geometryLook: '用卷尺量天线到路面的高度,用倾角仪量俯角和面向车道的偏转角。',
    heightMm: '高度',
    downDeg: '俯角',
    yawDeg: '偏转角',
    reason: '偏离原因',
    numberNeed: '{what}请输入数字',
    nameplate: '天线铭牌',
    nameplateLook: '照铭牌逐字录入;铭牌上没有的留空。选择设备库后自动比对。',
    plate: {
      model: '型号',
      serialNo: '出厂编号',
      approvalNo: '检测编号',
      hardwareVersion: '硬件版本',
    },
    profile: '设备库',
    noProfile: '不比对',
    modelNeed: '请填写型号',
    compared: { approval: '检测编号', hardware: '硬件版本' },
    found: { match: '与设备库一致', differs: '与设备库不符', unknown: '未知' },
    gap: {
      noProfile: '未选设备库,未比对',
      libraryNamesNone: '设备库没有载明',
      plateSilent: '铭牌没有载明',
      otherType: '检测编号不符,不再比对',
    },
    mark: { ok: '已完成', bad: '不符合', warn: '还缺照片或说明', off: '未完成' },
    keys: '按键:1、2、3 作答,P 照片,↑ ↓ 换项(录入时用 PageUp、PageDown)',
    repaired:
      '由损坏的文件修复而成;缺失记录:{lost};未能证实、已撤回的记录:{suspect};缺失照片:{pictures} 张',
    none: '无',
  },
}
