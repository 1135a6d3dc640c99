"""The bureaus, institutions and firms that send people: what each is called and what its trade is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Bureau:
    """A kind of unit that a county, a prefecture and a province each may have.

    Attributes
    ----------
    name
        Its name without the place.
    trade
        The specialty that its people mostly have.
    kind
        Its kind in the code list of unit kinds.
    strong
        Whether it is one of the bureaus with money and projects: development, finance, housing,
        agriculture, transport.
    """

    name: str
    trade: str
    kind: str
    strong: bool = False


_PARTY, _GOV, _CONGRESS, _MASS = "党委机关", "政府机关", "人大政协", "群团"
_CIVIL, _ONE, _TWO, _STATE, _BANK, _SCHOOL = "参公事业", "公益一类", "公益二类", "国企", "金融", "高校院所"

#: Hundred of them, as many of a trade as there are people of that specialty in a hundred; of each
#: trade the important ones first.
BUREAUS: Final = (
    Bureau("委组织部", "party", _PARTY),
    Bureau("委办公室", "party", _PARTY),
    Bureau("委宣传部", "party", _PARTY),
    Bureau("委统战部", "party", _PARTY),
    Bureau("直机关工委", "party", _PARTY),
    Bureau("委党校", "party", _CIVIL),
    Bureau("人大常委会办公室", "party", _CONGRESS),
    Bureau("政协办公室", "party", _CONGRESS),
    Bureau("妇女联合会", "party", _MASS),
    Bureau("总工会", "party", _MASS),
    Bureau("委编办", "party", _PARTY),
    Bureau("委老干部局", "party", _PARTY),
    Bureau("委党史研究室", "party", _CIVIL),
    Bureau("档案馆", "party", _CIVIL),
    Bureau("委政法委", "law", _PARTY),
    Bureau("公安局", "law", _GOV),
    Bureau("司法局", "law", _GOV),
    Bureau("人民法院", "law", _GOV),
    Bureau("人民检察院", "law", _GOV),
    Bureau("信访局", "law", _GOV),
    Bureau("应急管理局", "law", _GOV),
    Bureau("市场监督管理局", "law", _GOV),
    Bureau("综合行政执法局", "law", _GOV),
    Bureau("法律援助中心", "law", _ONE),
    Bureau("工业和信息化局", "industry", _GOV),
    Bureau("乡村产业发展中心", "industry", _ONE),
    Bureau("投资促进局", "industry", _GOV),
    Bureau("工业园区管理委员会", "industry", _GOV),
    Bureau("供销合作社联合社", "industry", _CIVIL),
    Bureau("工商业联合会", "industry", _MASS),
    Bureau("产业投资集团", "industry", _STATE),
    Bureau("粮油集团", "industry", _STATE),
    Bureau("烟草专卖局", "industry", _GOV),
    Bureau("中小企业服务中心", "industry", _ONE),
    Bureau("茶产业发展中心", "industry", _ONE),
    Bureau("食品加工集团", "industry", _STATE),
    Bureau("发展和改革局", "project", _GOV, True),
    Bureau("乡村振兴局", "project", _GOV),
    Bureau("自然资源局", "project", _GOV),
    Bureau("项目建设服务中心", "project", _ONE),
    Bureau("生态环境局", "project", _GOV),
    Bureau("易地搬迁后续服务中心", "project", _ONE),
    Bureau("规划设计院", "project", _TWO),
    Bureau("重点工程建设中心", "project", _ONE),
    Bureau("农业农村局", "agritech", _GOV, True),
    Bureau("农业技术推广中心", "agritech", _ONE),
    Bureau("植保植检站", "agritech", _ONE),
    Bureau("农业机械化服务中心", "agritech", _ONE),
    Bureau("种子管理站", "agritech", _ONE),
    Bureau("农业科学研究所", "agritech", _SCHOOL),
    Bureau("蔬菜产业站", "agritech", _ONE),
    Bureau("果树技术站", "agritech", _ONE),
    Bureau("农业综合行政执法大队", "agritech", _CIVIL),
    Bureau("畜牧兽医服务中心", "livestock", _ONE),
    Bureau("动物疫病预防控制中心", "livestock", _ONE),
    Bureau("水产技术推广站", "livestock", _ONE),
    Bureau("草原工作站", "livestock", _ONE),
    Bureau("林业局", "forestry_water", _GOV),
    Bureau("水务局", "forestry_water", _GOV),
    Bureau("国有林场", "forestry_water", _TWO),
    Bureau("水利工程管理站", "forestry_water", _ONE),
    Bureau("气象局", "forestry_water", _CIVIL),
    Bureau("河湖管理中心", "forestry_water", _ONE),
    Bureau("财政局", "finance", _GOV, True),
    Bureau("审计局", "finance", _GOV),
    Bureau("税务局", "finance", _GOV),
    Bureau("农村商业银行", "finance", _BANK),
    Bureau("统计局", "finance", _GOV),
    Bureau("国有资产监督管理局", "finance", _GOV),
    Bureau("交通运输局", "construction", _GOV, True),
    Bureau("住房和城乡建设局", "construction", _GOV, True),
    Bureau("公路管理段", "construction", _ONE),
    Bureau("城市建设投资公司", "construction", _STATE),
    Bureau("住房公积金管理中心", "construction", _ONE),
    Bureau("供电公司", "construction", _STATE),
    Bureau("文化和旅游局", "culture_tourism", _GOV),
    Bureau("融媒体中心", "culture_tourism", _ONE),
    Bureau("文化馆", "culture_tourism", _ONE),
    Bureau("旅游发展公司", "culture_tourism", _STATE),
    Bureau("教育局", "education_health", _GOV),
    Bureau("卫生健康局", "education_health", _GOV),
    Bureau("人民医院", "education_health", _TWO),
    Bureau("疾病预防控制中心", "education_health", _ONE),
    Bureau("职业技术学校", "education_health", _TWO),
    Bureau("中医医院", "education_health", _TWO),
    Bureau("医疗保障局", "education_health", _GOV),
    Bureau("第一中学", "education_health", _TWO),
    Bureau("民政局", "civil_affairs", _GOV),
    Bureau("人力资源和社会保障局", "civil_affairs", _GOV),
    Bureau("退役军人事务局", "civil_affairs", _GOV),
    Bureau("残疾人联合会", "civil_affairs", _MASS),
    Bureau("红十字会", "civil_affairs", _MASS),
    Bureau("大数据发展局", "digital", _GOV),
    Bureau("政务服务中心", "digital", _CIVIL),
    Bureau("电子政务中心", "digital", _ONE),
    Bureau("商务局", "ecommerce", _GOV),
    Bureau("电子商务服务中心", "ecommerce", _ONE),
    Bureau("邮政分公司", "ecommerce", _STATE),
    Bureau("纪委监委机关", "discipline", _PARTY),
    Bureau("委巡察办", "discipline", _PARTY),
)

#: What else a unit of a trade usually brings along.
RELATED: Final = {
    "party": ("discipline", "civil_affairs"),
    "law": ("party", "civil_affairs"),
    "discipline": ("party", "law"),
    "industry": ("ecommerce", "project"),
    "project": ("construction", "industry"),
    "agritech": ("industry", "livestock"),
    "livestock": ("agritech", "industry"),
    "forestry_water": ("project", "agritech"),
    "finance": ("industry", "project"),
    "ecommerce": ("industry", "digital"),
    "culture_tourism": ("ecommerce", "digital"),
    "construction": ("project", "forestry_water"),
    "civil_affairs": ("education_health", "party"),
    "education_health": ("civil_affairs", "digital"),
    "digital": ("ecommerce", "project"),
}

#: The specialties of first choice, in a hundred people.
SPECIALTY_SHARES: Final = {
    "party": 14, "law": 10, "industry": 12, "project": 8, "agritech": 9, "livestock": 4, "forestry_water": 6,
    "finance": 6, "construction": 6, "culture_tourism": 4, "education_health": 8, "civil_affairs": 5,
    "digital": 3, "ecommerce": 3, "discipline": 2,
}  # fmt: skip
