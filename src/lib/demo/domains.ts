/** The domains (专业类别) of the invented register: how many premises, what they are called, how often they are in fault. */

export type DomainKey =
	| 'food_safety'
	| 'public_places'
	| 'occupational_health'
	| 'medical_institutions'
	| 'school_health'
	| 'drinking_water'
	| 'illegal_practice'
	| 'infectious_disease'
	| 'radiation'
	| 'family_planning';

interface Domain {
	/** The name that the exports use. */
	readonly name: string;
	/** The letters of its premises' numbers. */
	readonly letters: string;
	/** Premises of it among a thousand. */
	readonly perThousand: number;
	readonly visitsPerQuarter: number;
	readonly graded: boolean;
	/** The share of visits that find a problem, before habits, season and scare. */
	readonly problems: number;
	/** That share's multiple in the first to the fourth quarter of a year. */
	readonly season: readonly [number, number, number, number];
	/** What premises are called; see {@link named} in naming.ts. */
	readonly premises: readonly string[];
}

export const domains: Readonly<Record<DomainKey, Domain>> = {
	food_safety: {
		name: '食品安全',
		letters: 'SP',
		perThousand: 400,
		visitsPerQuarter: 1,
		graded: true,
		problems: 0.17,
		season: [0.9, 1.05, 1.3, 0.95],
		premises: [
			'TB餐饮店',
			'TB饭店',
			'TB面馆',
			'TB酒楼',
			'B土菜馆',
			'B快餐店',
			'TB小吃店',
			'TB超市',
			'VB便利店',
			'B烘焙坊',
			'B火锅店',
			'TB农家乐',
			'B熟食店',
			'V集体聚餐点',
			'{B纺织|B机械|B电子|B塑业}有限公司职工食堂'
		]
	},
	public_places: {
		name: '公共场所卫生',
		letters: 'GC',
		perThousand: 190,
		visitsPerQuarter: 1,
		graded: true,
		problems: 0.12,
		season: [1.1, 0.95, 1.1, 0.95],
		premises: [
			'TB理发店',
			'TB美容美发厅',
			'TB宾馆',
			'B快捷酒店',
			'TB浴室',
			'B足浴店',
			'TB招待所',
			'B游泳馆',
			'TB影城',
			'B商场',
			'B网咖',
			'TB健身会所',
			'B养生馆'
		]
	},
	occupational_health: {
		name: '职业卫生',
		letters: 'ZY',
		perThousand: 130,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.15,
		season: [0.95, 1.0, 1.2, 0.95],
		premises: [
			'常州B机械制造有限公司',
			'常州B塑料制品有限公司',
			'常州市B化工有限公司',
			'TB车辆配件厂',
			'常州B电子科技有限公司',
			'TB家具厂',
			'常州市B金属制品有限公司',
			'VB石材加工厂',
			'常州B轻工机械有限公司',
			'TB电镀厂',
			'常州B印染有限公司',
			'常州B汽车维修有限公司'
		]
	},
	medical_institutions: {
		name: '医疗卫生',
		letters: 'YL',
		perThousand: 75,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.11,
		season: [1.05, 1.0, 1.0, 0.95],
		premises: ['V卫生室', 'V社区卫生服务站', 'TB口腔诊所', 'TB中医诊所', 'B门诊部', 'TB内科诊所', 'V医务室', 'TB护理院']
	},
	school_health: {
		name: '学校卫生',
		letters: 'XX',
		perThousand: 55,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.13,
		season: [1.1, 0.95, 0.9, 1.1],
		premises: [
			'T中心小学',
			'T实验小学',
			'T第{一|二|三}初级中学',
			'VB幼儿园',
			'T{第一|第二|第三}幼儿园',
			'V小学',
			'B托育中心',
			'T高级中学',
			'TB培训学校',
			'VB托育园'
		]
	},
	drinking_water: {
		name: '饮用水卫生',
		letters: 'YS',
		perThousand: 40,
		visitsPerQuarter: 3,
		graded: false,
		problems: 0.07,
		season: [0.85, 1.0, 1.35, 0.9],
		premises: [
			'T水厂',
			'V供水站',
			'{B花园|B新村|B家园|B公寓}二次供水泵房',
			'V农村饮水安全工程',
			'{B广场|B大厦}二次供水设施',
			'T{东|西|南|北}区增压站',
			'V现制现售饮用水点'
		]
	},
	illegal_practice: {
		name: '非法行医和非法采供血',
		letters: 'FF',
		perThousand: 40,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.05,
		season: [1, 1, 1, 1],
		premises: ['V集贸市场（重点监控点）', 'TB生活美容馆', 'TB大药房', 'V出租房集中区（重点监控点）', 'B养生保健馆']
	},
	infectious_disease: {
		name: '传染病防治',
		letters: 'CR',
		perThousand: 30,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.1,
		season: [1.1, 1, 1, 1],
		premises: ['TB餐饮具消毒服务有限公司', 'B消毒用品经营部', 'TB母婴用品店', 'B卫生用品有限公司', 'VB养老院']
	},
	radiation: {
		name: '放射卫生',
		letters: 'FS',
		perThousand: 20,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.09,
		season: [1, 1, 1, 1],
		premises: [
			'TB口腔门诊部（放射诊疗）',
			'B体检中心',
			'T卫生院放射科',
			'B宠物医院（射线装置）',
			'常州B无损检测有限公司'
		]
	},
	family_planning: {
		name: '计划生育',
		letters: 'JS',
		perThousand: 20,
		visitsPerQuarter: 1,
		graded: false,
		problems: 0.04,
		season: [1, 1, 1, 1],
		premises: ['T妇幼保健计划生育服务站', 'VB月子中心', 'T计划生育药具发放点', 'TB妇科门诊']
	}
};

export const domainKeys = Object.keys(domains) as readonly DomainKey[];
