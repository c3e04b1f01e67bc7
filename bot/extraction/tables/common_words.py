# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""English words that news writes in small letters; made by counting, in running text, words of the corpus.

A capitalised word that stands here is no sign of a name: it opens a sentence or a Title Case headline.
"""

COMMON_WORDS = frozenset(
    """
    abandoned ability able abortion about above abreast abroad abruptly absence absolute absolutely
    absorbed abuse academic accelerate accelerated accelerates accelerating acceleration accelerator
    accept acceptance accepted accepting access accessibility accessible accessories accident acclaimed
    accommodation accompanied accompanying accomplished accordance according account accounted
    accounting accounts accredited accumulation accuracy accurate accurately accusations accused
    accusing achieve achieved achievement achievements achieving acknowledged acquire acquired acquirer
    acquires acquiring acquisition acquisitions acreage across acted acting action actionable actions
    active actively activist activists activities activity actor actors acts actual actually acumen ad
    adapt adaptive add added addiction adding addition additional additions address addressed addresses
    addressing adds adequate adjacent adjust adjusted adjusting adjustment adjustments administration
    administrative admitted adopt adopted adoption ads adult adults advance advanced advancement
    advancements advances advancing advantage advantages advertisers advertising advice advise advised
    adviser advisers advises advising advisor advisory advocacy advocate advocates aerospace aesthetic
    affairs affect affected affecting affects affiliate affiliated affiliates afford affordable after
    aftermath afternoon again against age aged agencies agency agenda agent agentic agents ages
    aggregate aggregating aggregator aggressive aggressively agile agility aging ago agree agreed
    agreeing agreement agreements agricultural agriculture ahead aid aim aimed aiming aims aircraft
    airline airport airports aka alarm albeit album albums alcohol alert alerts algorithms align aligned
    aligning alignment aligns alike alive all allegations allege alleged allegedly alleging alleviate
    alliances allies allocated allocation allotment allow allowed allowing allows almost alone along
    alongside already also altcoins alternative alternatives although altogether aluminum always
    amalgamation amazing ambition ambitions ambitious amended amendment amenities amid among
    amortization amount amounts ample an analysis analyst analysts analytics anchor anchored ancient and
    angel anger angry animal animals anniversary announce announced announcement announcements announces
    announcing annual annualized annually anonymity anonymous another answer answers anticipate
    anticipated anticipating anticipation antitrust anxiety any anymore anyone anything anytime anywhere
    apart apartment apartments app apparel apparent apparently appeal appealing appeals appear
    appearance appeared appearing appears appetite appliances applicable application applications
    applied applies apply applying appoint appointed appointment appointments appreciate appreciation
    approach approached approaches approaching appropriate approval approvals approve approved
    approximately apps arbitration architecture architectures are area areas aren arena arguably argue
    argued argues arguing argument arguments arm armed arms around arranged arrangement arrangements
    array arrest arrested arrival arrive arrived arrives arriving art article articles artificial artist
    artists as aside ask asked asking asks aspect aspects assault assembly assess assessment assessments
    asset assets assigned assist assistance assistant assisting associate associated assume assumed
    assumes assumption assumptions assurance assured at athletes atmosphere attached attack attacked
    attacks attempt attempted attempting attempts attend attended attendees attending attention attorney
    attorneys attract attracted attracting attractive attributed auction auctions audience audiences
    audio audit auditors audits augmented austerity authentic author authorities authorized authors
    autism auto automaker automakers automate automated automatic automatically automation automobile
    automotive autonomous autonomy autumn avail availability available average avoid avoided avoiding
    awaited awaiting award awarded awards aware awareness away baby back backdrop backed backers
    background backing backlash backup bad badly bag baggage bagged bags baht bailout balance balanced
    balances balancing ball ban band bands banker bankers banking bankrupt bankruptcy banks banned bar
    barely barrel barrels barrier barriers bars base baseball based basic basically basis basketball
    batch battered batteries battery battle battles battling be bear bearish beat beating beautiful
    beauty became because become becomes becoming beds beef been beer before began begin beginning
    begins begun behalf behavior behemoth behind being belief beliefs believe believed believes beloved
    below bench benchmark benchmarks beneficial benefit benefited benefiting benefits besides bespoke
    best bet beta bets better betting between beverage beyond bid bidder bidders bidding bids big bigger
    biggest billing billion billionaire billionaires billions bills binding biopharmaceutical biotech
    biotechnology bipartisan birth bit bitter blame blamed blast blend blending blends bloc block
    blockbuster blockchain blockchains blocked blocks blog blood blow board boardroom boards boasts
    bodies body bold bolster bolstered bolstering bomb bond bondholders bonds bonus bonuses book booked
    booking bookings books boom booming boost boosted boosting border borders born borrow borrowed
    borrowers borrowing boss bosses both bots bottom bought bounced boundaries bourse bourses boutique
    box boxes boy brain branch branches brand branded branding brands breach breadth break breaking
    breakout breaks breakthrough breast breathing brewer bridge bridging brief briefed briefing briefly
    bright bring bringing brings brink broad broadband broadcast broadcaster broaden broadening broader
    broadly broke broken broker brokerage brokerages brokers brother brought browser bubble bubbles
    budget budgets bug bugs build builder builders building buildings builds built bulk bull bullish
    bumper bunch burden burgeoning burn burst bus business businesses businessman bust busy but button
    buy buyback buyer buyers buying buyout buyouts buys buzz by cabinet cable calculated calculations
    calendar call called calling calls came camera cameras campaign campaigns campus can cancel canceled
    cancellation cancellations cancelled cancer cancers candidate candidates cannabis cannot cap
    capabilities capability capable capacity capital capitalisation capitalists capitalization
    capitalize capitalized capped caps capsule captain caption capture captured capturing car carbon
    card cardiovascular cards care career careers careful carefully carmaker carmakers carried carrier
    carriers carries carry carrying cars case cases cash casino casinos cast catalyst catch categories
    category cater catering cattle caught cause caused causes causing caution cautioned cautious
    celebrate celebrated celebrating celebration celebrations celebrities cell cells cement cent center
    centered centers central centre centres centuries century ceremony certain certainly certificate
    certificates certification certified chain chains chairman challenge challenged challenger
    challenges challenging champion chance chances change changed changes changing channel channels
    chaos character characters charge charged charger charges charging charity charm chart charts
    chasing chat chats cheap cheaper check checking checks cheese chef chemical chemicals chicken chief
    child children chip chips chipset choice choices choose choosing chose chosen chronic chunk
    cigarettes cinema circles circular circulation circumstances cited cities citing citizen citizens
    civil claim claimed claiming claims clarify clarity classes classic clean cleaning clear clearance
    cleared clearing clearly click client clients climate climb climbed climbing clinic clinical clinics
    clip clock close closed closely closer closes closest closing closure clothes clothing cloud clout
    club clubs clues clusters coach coaching coal coastal code codes coding coffee coin coins cold
    collaborate collaborating collaboration collaborations collaborative collapse collapsed collateral
    colleagues collect collected collecting collection collections collective collectively color colors
    colour colours column combat combination combine combined combines combining come comeback comes
    comfort comfortable coming command commands commence commenced comment commentary commented comments
    commercial commercialization commissioned commissions commit commitment commitments committed
    committees commodities commodity common commonly communicate communication communications
    communities community compact companies companion company companys comparable compare compared
    comparison compatibility compatible compelling compensate compensation compete competes competing
    competition competitive competitiveness competitor competitors compilation compiled complained
    complaining complaint complaints complement complementary complete completed completely completing
    completion complex complexities complexity compliance compliant complicated comply component
    components compound comprehensive comprise comprised comprises comprising compromise compromising
    compulsory computational compute computer computers computing concept concepts concern concerned
    concerns concessions conclude concluded conclusion condition conditions conduct conducted conducting
    conference confidence confident confidential confirm confirmed confirming confirms conflict
    conflicts confusing confusion conglomerate congressional connect connected connecting connection
    connections connectivity connects consecutive consensus consequences conservative consider
    considerable consideration considered considering considers consistent consistently consisting
    consists console consoles consolidate consolidated consolidating consolidation consortium conspiracy
    constant constantly constitute constitutional constraints construction consultant consultants
    consultation consulting consumer consumers consumption contact contacts contain contained container
    containing contains contemporary contender content contest context continent continental continents
    contingent continue continued continues continuing continuity continuous continuously contract
    contraction contractor contractors contracts contrast contribute contributed contributing
    contribution contributions contributor control controlled controller controlling controls
    controversial controversy convenience conventional converge conversation conversational
    conversations conversion convert converted convertible converting convicted conviction convince
    convinced cookies cooking cool cooling cooperation cooperative cope copper copy core corner
    cornerstone coronavirus corporate corporations correct correction corruption cosmetic cost costly
    costs cotton could couldn counsel count counter counterparts counting countless countries country
    countrys counts coup couple coupled course courses court courts cover coverage covered covering
    covers crackdown craft crash crashed cream create created creates creating creation creative
    creativity creator creators credentials credibility credit credited creditors credits crew cricket
    crime crimes criminal crisis criteria critical criticised criticism criticized critics crop crore
    cross crossed crossover crowd crowded crucial crude cruise crunch crypto cryptocurrencies
    cryptocurrency cubic cultural culture cultures cumulative curated curb currencies currency current
    currently curve custody custom customary customer customers customized cut cuts cutting cyber
    cybersecurity cycle cycles daily dairy damage damaged damages damaging danger dangerous dark data
    database date dated dates dating daughter day days de dead deadline deadly deal dealer dealers
    dealership dealerships dealing dealings deals death debate debit debt debts debut debuted debuts
    decade decades decent decentralized decide decided deciding decision decisions declare declared
    decline declined declines declining decrease decreased dedicated dedication deducting deemed deep
    deepen deepening deeper deeply default defeat defeated defence defend defendants defended defense
    defensive defer deficit deficits define defined defining definitely definitive degree delay delayed
    delays delete deleted delighted deliver delivered deliveries delivering delivers delivery demand
    demanded demanding demands demo demographic demographics demonstrate demonstrated demonstrates
    denied denies density dent dental dented denying departments departure departures depend dependence
    dependent depending depends deploy deployed deploying deployment deposit deposits depreciation
    depressed depression depth deputy derivatives dermatology described describes description desert
    deserve design designated designation designed designer designers designs desirable desire desk
    desktop desperate despite destination destinations destroy destroyed destruction detail detailed
    detailing details detained detect detection determination determine determined devastating develop
    developed developer developers developing development developments develops device devices diabetes
    diagnosis diagnostic diagnostics did didn die died diesel diet differ difference differences
    different differentiated difficult difficulties difficulty digital diligence diluted dilution dining
    dinner dip dipped direct directed direction directions directly director directors disappointed
    disappointing disappointment disaster disasters discipline disciplined disclaimers disclose
    disclosed disclosure disclosures discontinued discount discounted discounts discover discovered
    discoveries discovery discrimination discuss discussed discusses discussing discussion discussions
    disease diseases disinvestment dismissed disorder disorders display displays disposal dispute
    disputes disrupt disrupted disrupting disruption disruptions disruptive disseminated distance
    distinct distinctive distinguished distressed distribute distributed distributes distributing
    distribution distributor dive diverse diversification diversified diversify diversifying diversity
    divest divestment divided dividend dividends division divisions divorce do doctor doctors document
    documentary documentation documents does doesn dog doing dollar dollars domain domains domestic
    dominance dominant dominate dominated don donated donations done donors door doors dose double
    doubled doubling doubt doubts down downgrade download downloaded downloads downstream downtown
    downturn downward dozen dozens draft drag dragged drama dramatic dramatically draw drawing drawn
    dream dreams drew drill drilling drink drinks drive driven driver drivers drives driving drone
    drones drop dropped dropping drops drove drug drugmaker drugs dry dual dubbed due duo durability
    durable during dust duties dynamics each eager eagerly earbuds earlier earliest early earmarked earn
    earned earning earnings earns earthquake ease eased easier easily easing easy eat eating economic
    economics economies economist economists economy ecosystem ecosystems edged editing edition editor
    editorial edtech education educational effect effective effectively effectiveness effects
    efficiencies efficiency efficient efficiently effort efforts eight eighth either elaborate elderly
    elected election elections electric electrical electricity electrification electronic electronics
    elegant element elements elevate elevated elevating eligible eliminate eliminates eliminating elite
    else elsewhere email emails embattled embedded embrace emerge emerged emergency emerging emissions
    emoji emotional emphasis emphasized emphasizes emphasizing empire employed employee employees
    employer employers employing employment employs empower empowering empowers empty enable enabled
    enables enabling encounter encourage encouraged encouraging encryption end ended ending endless
    endorsement ends enduring energy enforcement engage engaged engagement engagements engaging engine
    engineer engineered engineering engineers engines enhance enhanced enhancement enhancements enhances
    enhancing enjoy enjoyed enjoying enormous enough ensure ensures ensuring enter entered entering
    enterprise enterprises enters entertainment enthusiasm enthusiasts entire entirely entities entity
    entrepreneur entrepreneurial entrepreneurs entrepreneurship entry environment environmental
    environments episode equal equally equipment equipped equities equity equivalent era error errors
    escape especially essential essentially establish established establishing estate estates estimate
    estimated estimates etc ethical ethics euro euros eurozone evaluate evaluated evaluating evaluation
    evasion even evening event events eventual eventually ever every everybody everyday everyone
    everything everywhere evidence evolution evolve evolved evolving exact exactly examine examined
    examining example examples exceed exceeded exceeding exceeds excellence excellent except exception
    exceptional exceptionally excerpts excess excessive exchanged exchanges excited excitement exciting
    excluding exclusive exclusively exclusivity execute executed executing execution executive
    executives exercisable exercise exercised exhibit exhibition exist existed existence existing exists
    exit exited exiting exits expand expanded expanding expands expansion expansions expansive expect
    expectation expectations expected expecting expects expenditure expense expenses expensive
    experience experienced experiences experiencing experiential experiment experimentation expert
    expertise experts expire explain explained explains exploit exploration explore explored explores
    exploring explosion export exporter exporters exports expose exposed exposure expressed extend
    extended extending extends extension extensive extent exterior external extra extract extraordinary
    extreme extremely eye eyeing eyes face faced facelift facelifted faces facilitate facilitates
    facilitating facilities facility facing fact factor factories factors factory facts fail failed
    failing fails failure failures fair fairly faith fake fall fallen falling fallout falls false
    familiar families family famous fan fans fantasy far fare farm farmers farming farms fashion fast
    faster fastest fat fatal fate father favor favorable favored favorite favour favourite fear feared
    fears feature featured features featuring fee feed feedback feeds feel feeling feels fees feet fell
    fellow felt female fend festive feta feud few fewer fiduciary field fields fierce fifth fight
    fighting fights figure figures file filed files filing filings fill filled film films filters final
    finalized finally finance financed finances financial financially financials financing find finding
    findings finds fine fined fines fingerprint finish finished fintech fired fires firing firm firmly
    firms firmware first firsthand fiscal fish fishing fit fitness fits five fix fixed fixes fixing
    flagged flagship flash flat fleet flexibility flexible flight flights float floated floating flood
    floor floors flotation flow flows fluctuations flurry fly flying focus focused focuses focusing
    foldable folks follow followed followers following follows food foot footage football footprint
    footwear for foray force forced forces forcing forecast forecasting forecasts foreclosed forefront
    foreign foreigners forex forget forgotten form forma formal formally format formation formats formed
    former formerly forming forms formulations forth forthcoming fortunes forward fossil foster
    fostering found foundation foundational foundations founded founder founders founding four fourth
    fraction fragile fragmented frame framework frameworks franc franchise francs fraud fraudulent free
    freedom freely freeze freight frequency frequent frequently fresh friction friend friendly friends
    from front frozen frustrated frustration fuel fueled fueling fuelled fuels fulfill full fully fun
    function functional functionality functions fund fundamental fundamentally fundamentals funded
    funding fundraise fundraising funds funeral furniture further future futures gadgets gain gained
    gaining gains gambling game gameplay gamers games gaming gap gaps garage garnered gas gasoline
    gateway gather gathered gathering gauge gave gay gear gearing gender general generally generate
    generated generates generating generation generations generative generic generics generous genetic
    genre genuine geographic geographies geopolitical get gets getting giant giants gift gifts gigabit
    girls give given gives giving glass glasses glimpse glitch glitches global globally globe go goal
    goals goes going gold golf gone good goods got gotten governance governing government governments
    governor grade grading gradual gradually granted grants graphics graphite grateful great greater
    greatest greatly grew grey grid grip grocery gross ground groundbreaking grounds groundwork groups
    grow growing grown grows growth guarantee guaranteed guarantees guard guest guests guidance guide
    guided guidelines guiding guilty gun guy hackers hacking had hair half halt halted halved halving
    hand handed handful handing handle handled handling hands handset handsets hanging happen happened
    happening happens happy hard harder hardest hardly hardware harm harmful harness harsh has hasn
    hatchback hate have haven having he head headcount headed heading headline headlines headphones
    headquartered headquarters heads headwinds healing health healthcare healthier healthy hear heard
    hearing heart heat heating heavily heavy hedge heels hefty height heightened heights held helicopter
    helm help helped helpful helping helps her here herein heritage hidden hide hiding high higher
    highest highlight highlighted highlighting highlights highly highs hike hiked hikes him himself
    hinted hints hire hired hires hiring his historic historical historically history hit hits hitting
    hockey hold holder holders holding holds hole holiday holidays holistic home homeowners homes honor
    honored hood hope hoped hopeful hopes hoping horror hospital hospitality hospitals host hostage
    hosted hostile hosting hosts hot hotel hottest hour hourly hours household households houses housing
    how however http https hub huge human humanitarian humanity humans humor hundred hundreds hunt
    hurdle hurdles hurricanes hurt hurting husband hybrid hydrogen hype ice icon iconic ideal ideas
    identified identify identifying identity if ignore ignored illegal illegally image imagery images
    imagine imaging immediate immediately immersive immigration imminent immune immunity impact impacted
    impactful impacting impacts implement implementation implemented implementing implications implied
    import importance important importantly imported imports impose imposed imposing impossible
    impressed impression impressive improper improve improved improvement improvements improves
    improving in inability inadequate inaugural inbound inbox incentive incentives inception incident
    include included includes including inclusion inclusive income incoming incorporate increase
    increased increases increasing increasingly incredible incredibly incremental incurred indeed
    independence independent independently index indexes indicate indicated indicates indicating
    indication indications indicator indicators indices individual individuals industrial industries
    industry inevitable infections inflated inflation inflationary influence influenced influencer
    influencers influential influx inform information informational informed infrastructure infringement
    infusion ingredients inherited initial initially initiate initiated initiative initiatives injection
    injunction injured injuries injury innovate innovation innovations innovative innovator innovators
    input inputs inquiries inquiry inside insider insiders insight insightful insights insisted
    insolvency inspiration inspire inspired inspiring instability install installation installed
    instance instances instant instantly instead institution institutional institutions instructions
    instrumental instruments insurance insurer insurers insurgents integral integrate integrated
    integrates integrating integration integrity intellectual intelligence intelligent intend intended
    intends intense intensifying intention intentions interact interaction interactions interest
    interested interesting interests interface interfaces interim interior internal internally
    internationally intersection intervention interview interviews into intraday intricate introduce
    introduced introduces introducing introduction intuitive invaluable invasion inventories inventory
    invest invested investigate investigated investigating investigation investigations investing
    investment investments investor investors invests invitation invited invites inviting involve
    involved involvement involves involving iron is isn issuance issue issued issuer issuers issues
    issuing it item items iteration its itself jail jet jets jewelry job jobless jobs join joined
    joining joins joint jointly joke journalist journalists journey journeys judge jump jumped junk
    jurisdiction jurisdictions jury just keen keep keeping keeps kept ketamine key keyboard keynote keys
    kick kicked kids kill killed killing kind kinds kit kitchen kits knee knew knocked know knowledge
    known knows label labels labor lack lacked lacks laid land landing landmark lands landscape language
    languages laptop laptops large largely larger largest last lasting late lately later latest latter
    launch launched launches launching law lawmakers laws lawsuit lawsuits lawyer lawyers lay layer
    laying layoffs lead leader leaders leadership leading leads leak leaked leaker leaks leap learn
    learned learning lease leased leases leasing least leave leaves leaving led left legacy legal
    legally legendary legislation legislative lend lender lenders lending length lengthy lens less
    lessons let lets letter letters letting level levels leverage leveraged leverages leveraging
    liabilities liability liable liberal library licence license licensed licenses licensing lie lies
    life lifecycle lifesaving lifestyle lifetime lift lifted lifting light lighting lights lightweight
    like likelihood likely likes limelight limit limitations limiting limits line lined lines lineup
    link linked links liquid liquidation liquidity list listed listen listening listing listings lists
    litigation little live lived lives living load loaded loan loans lobbying local locally located
    location locations lock lockdown locked logic logistics logo long longer longevity longstanding
    longtime look looked looking looks lose loses losing loss losses lost lot lots love loved low lower
    lowered lowering lowest lows loyal loyalty luck lucky lucrative luxury machine machinery machines
    macro made magazine magnate magnetic magnitude maiden main mainland mainly mainstream maintain
    maintained maintaining maintains maintenance major majority make maker makers makes making malicious
    malware man manage managed management manager managers manages managing mandate mandated mandatory
    manipulating manipulation manner manual manufacture manufactured manufacturer manufacturers
    manufacturing many map margin marginally margins maritime marked market marketers marketing
    marketplace marketplaces markets marking marks married mass masses massive master match matches
    matching material materially materials math matter matters mature maturity maximize maximizing
    maximum may maybe me meal meals mean meaning meaningful means meant meantime meanwhile measurable
    measure measured measures meat mechanical mechanism mechanisms medal media medical medication
    medications medicine medicines medium meet meeting meetings meets mega member members membership
    meme memecoin memo memorable memories memory men mental mention mentioned menu merchandise merchant
    merchants mere merge merged merger mergers merges merging message messages messaging met metal
    metaverse method methodology methods metric metrics metro midday midsize might migration mild
    milestone milestones militants military milk mill million millions mind minds mindset mine miner
    mineral miners mines minimal minimize minimum mining ministers ministry minor minority minus minute
    minutes misconduct misleading miss missed missile missing mission missions mistake mistakes misuse
    mitigate mix mixed mobile mobility mode model models moderate modern modernization modernize modest
    modified modular module modules molecular moment moments momentum monetization money monitor
    monitoring monitors monopoly month monthly months mood more morning mortgage mortgages most mostly
    mother motion motivated motorcycle motorcycles mounting move moved movement movements moves movie
    movies moving much multifamily multinational multiplayer multiple municipal muscle music must muted
    mutual my myriad myself mystery name named names naming narrative narrow narrowed nation nationally
    nations nationwide native natural naturally nature navigate navigating navigation near nearby
    nearing nearly necessarily necessary need needed needing needs negative negotiate negotiated
    negotiating negotiation negotiations neighborhood neither nervous net network networking networks
    neurodegenerative neutral never new newer newest newly news newsdirect newsletter newspaper
    newspapers newsroom next nice niche night nine no nobody noise nominate nominated nomination none
    nonprofit nor normal normally norms not notable notably note noted notes notice noticed notification
    notifications notified noting notorious novel now nuclear number numbers numerous nursing nutrition
    obesity objections objective objectives obligation obligations observed observers obstacles obtain
    obtained obtaining obvious obviously occasion occupancy occupied occur occurred odd odds of off
    offensive offer offered offering offerings offers office officer officers offices official
    officially officials offline offload offset offshore often oil oilfield old older oldest on onboard
    onboarding once oncology one ones ongoing online only onshore onto open opened opening openings
    opens operate operated operates operating operation operational operations operator operators
    ophthalmology opinion opinions opponents opportunistic opportunities opportunity oppose opposed
    opposite opposition opt opted optical optics optimal optimism optimistic optimization optimize
    optimized option options or oral orbit orbital order ordered ordering orders ordinary ore organic
    organisations organization organizational organizations organized original originally other others
    otherwise ounce ounces our ourselves oust ousted ouster out outage outages outbreak outcome outcomes
    outdated outdoor outlet outlets outlined outlining outlook outperform outperformed outperforming
    output outright outside outsourcing outstanding over overall overcome overhaul overload overnight
    oversaw overseas oversee overseeing oversees oversight oversubscribed overtake overview overwhelming
    owed owes owing own owned owner owners ownership owning owns oxide oxygen pace pack package packaged
    packages packaging packed packs pact page pages paid pain painful paint pair pairs pandemic panel
    panels panic paper papers paperwork parallel parent parents parking parks parliament parliamentary
    part partial partially participants participate participated participating participation particular
    particularly parties partly partner partnered partnering partnership partnerships parts party pass
    passed passenger passengers passing passion passionate passive passwords past patch patches patent
    patented patents path paths pathways patient patients pattern patterns pause paving pay payable
    paying payment payments payout payouts payroll pays peace peak pediatric peers penalties penalty
    pendant pending penetration pension pensions people per perceived percent percentage perception
    perfect perfectly perform performance performances performed performing perhaps period periods
    permanent permanently permission permits permitted persistent person personal personality
    personalized personally personnel persons perspective perspectives pet petcoke petition
    petrochemicals petrol pharmaceutical pharmacy phase phases phenomenon philosophy phone phones photo
    photography photos physical pick picked picking picks pickup picture pictures pie piece pieces pile
    pilot pilots pin pioneer pioneering pioneers pipeline pit pitch pitched pitching pivotal place
    placed placement places placing plagued plaintiff plan plane planes planet planned planning plans
    plant plants plastic platform platforms platinum play played player players playing plays pleaded
    please pleased pledge pledged plenty plethora plug plunge plunged plus pocket pockets podcast point
    pointed pointing points poised police policies policy policyholders policymakers political
    politically politicians politics poll polls pollution pool pools poor poorest poorly pop popular
    popularity population port portable portfolio portfolios portion ports pose posed poses position
    positioned positioning positions positive positively possibilities possibility possible possibly
    post posted posting posts potent potential potentially pound pounds poverty power powered powerful
    powerhouse powering powers powertrain practical practice practices praise praised precious precise
    precisely precision predecessor predict predictable predicted predicting prediction predictions
    predictive predicts prefer preferences preferential preferred preliminary premier premium premiums
    prepaid preparation preparations prepare prepared prepares preparing presale prescribed presence
    present presentation presented presents preservation preserve preserving presidency presidential
    presidents press pressing pressure pressures prestigious pretty prevent prevention preview previous
    previously price priced prices pricing primarily primary principal principle principles print
    printing prior priorities prioritize prioritizing priority prison privacy private privately
    privatisation privilege probably probe problem problems procedures proceed proceeding proceedings
    proceeds process processes processing processor processors procurement produce produced producer
    producers produces producing product production productive productivity products profession
    professional professionals professor profile profiles profit profitability profitable profits
    profound program programme programmes programming programs progress project projected projections
    projects prolonged prominent promise promised promises promising promote promoted promoter promoters
    promoting promotion promotions prompt prompted prompting proof propel proper properly properties
    property proportion proposal proposals proposed proposition proprietary prosecution prosecutor
    prosecutors prospect prospective prospects prospectus protect protected protecting protection
    protein protest protesters protests protocol protocols prototype proud proudly prove proved proven
    proves provide provided provider providers provides providing province proving provision provisions
    proximity proxy public publication publicly publish published publisher publishers publishes
    publishing pull pulled pulling pump purchase purchased purchases purchasing pure purpose purposes
    pursuant pursue pursuing pursuit push pushed pushing put puts putting quadrupled qualification
    qualified qualify quality quantitative quantum quarter quarterback quarterly quarters queries query
    question questioned questioning questions quick quickly quiet quietly quit quite quotas quoted
    quotes race racing radar radical radio rage rail railway raise raised raises raising rallied rally
    ramp ran rand range ranges ranging rank ranked ranking ranks ransomware rapid rapidly rare rarely
    rate rates rather rating ratio ratios raw reach reached reaches reaching react reacted reaction
    reactions read reader readers readiness reading reads ready real reality realize realized realizing
    really rear reason reasonable reasons rebate rebound rebounded rebrand rebranded rebuild rebuilding
    recall recalled recap receipt receive received receives receiving recent recently reception
    recession recognition recognize recognized recognizes recognizing recommend recommendation
    recommendations recommended recommending reconstruction record recorded recording records recover
    recovered recoveries recovering recovery recruiting recruitment recurring recycling redeem redefine
    redefining redemption redesigned reduce reduced reduces reducing reduction reductions reeling
    reference referendum referred referring refinance refinancing refined refineries refiners refinery
    refining reflect reflected reflecting reflects reform reforms refresh refused regain regard regarded
    regarding regardless regenerative regime region regional regions register registered registering
    registrant registration regular regularly regulated regulation regulations regulator regulators
    regulatory rein reinforce reinforces reinforcing reins reinsurance reiterated reject rejected
    related relating relation relations relationship relationships relative relatively relatives
    relaunch release released releases releasing relentless relevant reliability reliable relied relief
    religious reluctant rely relying remain remainder remained remaining remains remarkable remarks
    remember reminder remote removal remove removed removing renamed renders renewable renewal renewed
    renovations renowned rent rental reopen reorganization repaid repair repairs repay repayment
    repayments repeat repeatedly replace replaced replacement replaces replacing report reported
    reportedly reporter reporters reporting reports represent representation representative
    representatives represented representing represents repurchase reputation request requested
    requesting requests require required requirement requirements requires requiring resale rescue
    research researchers reserved reserves reshape reshaping resident residential residents resign
    resignation resigned resilience resilient resistance resolution resolutions resolve resolving resort
    resource resources respect respected respective respectively respond responded respondents
    responding response responses responsibilities responsibility responsible rest restart restate
    restated restaurant restaurants restore restored restricted restrictions restructure restructured
    restructuring result resulted resulting results resume resumed resurgence retail retailer retailers
    retailing retain retained retaining retains retention retire retired retirees retirement retiring
    retreat return returned returning returns revamped reveal revealed revealing reveals revenue
    revenues reverse review reviewed reviewing reviews revise revised revision revival revive revolution
    revolutionary revolutionize revolutionized revolutionizing reward rewards rice rich richest rid ride
    rides riding right rights rigorous rise risen rises rising risk riskier risks risky rival rivals
    road roadmap roads roadshow robot robotic robotics robots robust rocket role roles roll rolled
    rolling rollout roof room rooms rooted roots rose roster rough roughly round rounds roundup route
    routes routine row royale royalties royalty rule ruled rules ruling rumor rumored rumors rumours run
    running runs rupee rupees rural safe safely safer safety said salaries salary sale sales same sample
    samples sanctions sat satellite satellites satisfaction satisfied save saved saving savings saw say
    saying says sbi scalability scalable scale scaled scales scaling scandal scandals scenario scene
    scenes schedule scheduled scheduling scheme schemes schools science sciences scientific scientist
    scientists sclerosis scooter scooters scope score scored scrapped screen screening screens
    screenshots scrutiny sea sealed seamless seamlessly search searches searching season seasonal
    seasonally seasoned seat seats second secondary seconds secret secrets section sector sectors secure
    secured securing security sedan see seed seeds seeing seek seeking seeks seem seemed seemingly seems
    seen sees segment segments seize seized select selected selection sell seller sellers selling sells
    semiconductor send sending senior sense sensing sensitive sensitivity sensor sensors sent sentence
    sentenced sentiment separate separately separation serious seriously serve served server servers
    serves service serviced services servicing serving session sessions set setback sets setting
    settings settle settled settlement setup seven seventh several severance severe severely sex sexual
    shake shale shall shape shaped shaping share shared shareholder shareholders shareholding shares
    sharing sharp sharply she shed shedding sheet sheets shelf shift shifted shifting shifts ship
    shipments shipped shipping ships shock shoes shooter shooting shop shoppers shopping shops shore
    short shortage shortages shortfall shortly shot shots should shoulder shouldn show showcase
    showcased showcases showcasing showed showing shown shows shrink shrinking shut shutdown shy side
    sidelines sides sight sign signal signaled signaling signals signature signed significance
    significant significantly signing signs similar simple simplify simply simultaneously since singer
    single sister sit site sites sits sitting situated situation situations six sixth size sizes ski
    skill skilled skills skin skins skyrocketed slash slashed slate slated sleek sleep slew slice slid
    slide slight slightly slipped slow slowdown slowed slower slowing slowly slows sluggish slump
    slumped small smaller smallest smart smarter smartphone smartphones smartwatch smartwatches smoking
    smooth snacks so soar soared soaring soccer social soft software solar sold soldiers sole solely
    solicitation solid solo solution solutions solve solving some someone something sometime sometimes
    somewhat son song songs soon sooner sophisticated sort sought sound sounds source sourced sources
    sourcing soured sovereign space spacecraft spaces spam span spanning spans spark sparked sparking
    spat speak speaker speakers speaking speaks spearheaded spearheading special specialist specialists
    specialized specializes specializing specialty species specific specifically specifications specify
    specs speculated speculation speculative speech speed speeds speedy spend spending spent spike spin
    spiritual split spoke spoken spokesman spokesperson spokeswoman sponsor sponsored sponsors
    sponsorship sport sporting sports spot spotlight spots spotted sprawling spread spreading spree spun
    spur spurred spyware squeezed stability stabilize stable stablecoin stablecoins stack staff staffing
    stage staged stages staggering stake stakeholders stakes staking stalled stance stand standalone
    standards standing standout stands star stark stars start started starting starts startup startups
    state stated statement statements static stating station stations statistics status statutory stay
    stayed staying stays steadily steady steal stealth steep steering stellar stem stemming step stepped
    stepping steps stick sticking stiff still stimulate stimulus stint stock stockholder stockholders
    stocks stolen stone stood stop stopped stopping stops storage store stored stores storied stories
    storm story storytelling straight straightforward strain strange strategic strategically strategies
    strategist strategy streak stream streaming streamline streamlined streamlining streams streets
    strength strengthen strengthened strengthening strengthens strengths stress stressed stretch strict
    stricter strike strikes striking string stringent stripped strived strives stroke strong stronger
    strongest strongly struck structural structure structured structures struggle struggled struggles
    struggling stuck student students studied studies study studying stuff stunning style styles subject
    submit submitted subprime subscribe subscribed subscriber subscribers subscription subscriptions
    subsequent subsequently subsidiaries subsidiary subsidies substantial substantially succeed
    succeeded succeeds success successes successful successfully succession successive successor such
    sudden suddenly sue sued suffer suffered suffering sufficient sugar suggest suggested suggesting
    suggestions suggests suing suit suitable suite suitors suits sum summary summer superior supermarket
    supervisory supplied supplier suppliers supplies supply support supported supporter supporters
    supporting supportive supports supposed sure surface surfaced surge surged surgery surgical surging
    surpassed surplus surprise surprised surprising surrounding surveillance survey surveyed surveys
    survival survive survivors suspect suspected suspend suspended suspension suspicion sustain
    sustainability sustainable sustained swap sweeping sweet swiftly swing swings switching symbol
    symptoms syndicate syndication synergies system systemic systems table tablet tablets tackle
    tackling tactical tactics tag tailored take taken takeover takes taking talent talented talk talked
    talking talks tangible tank tap tapped tapping target targeted targeting targets tariff tariffs task
    tasked tasks tax taxation taxes taxi taxpayer taxpayers tea teachers teaching team teamed teaming
    teams teased teaser teasers teasing tech techie technical technically technicians technique
    techniques technological technology telecom telecommunications telecoms telephone television
    televisions tell telling tells temperature temperatures temporarily temporary ten tenant tenants
    tend tender tennis tens tension tensions tenure term terminal terminated termination terms territory
    terrorism terrorist test testament tested testimony testing tests text textile textiles than thanks
    that the theft their them theme themselves then theory therapeutic therapies therapy there thereby
    therefore thermal these they thin thing things think thinking thinks third thirds this thorough
    those though thought thoughtful thoughts thousands threat threaten threatened threatening threatens
    threats three threshold threw thrilled thrive thriving through throughout thrown thus ticker ticket
    tickets tied tier tiers ties tight tighten tightened tightening tighter tightly till time timeline
    timely timetable timing tiny tipped tips title titled titles to tobacco today together token
    tokenization tokenized tokens told toll tomorrow ton tone tonnes tons too took tool tools top topic
    topics topped topping total totaled totaling totally touch touched tough tougher tour tourism
    tourist tournament toward towards tower town towns toxic toys track tracked tracking tracks traction
    trade traded trademark trader traders trades trading tradition traditional traditionally traffic
    trailblazer trailer train trained training trajectory tranche tranches transaction transactions
    transfer transferred transform transformation transformational transformative transformed
    transforming transforms transit transition transitioning translate translation transmission
    transparency transparent transport transportation travel traveled travelers travelling treat treated
    treating treatment treatments tremendous trend trends trial trials tribunal tribute trick tricky
    tried tries trigger triggered trim trims trio trip triple trips troops trouble troubled troubles
    truck trucks true truly trust trusted trusts truth try trying tsunami tumbled tumor tumors turbulent
    turmoil turn turnaround turned turning turnkey turnover turns tweet tweeted tweets twice twist two
    tycoon type types typical typically ultimate ultimately unable unanimous unanimously unauthorized
    uncertain uncertainties uncertainty unchanged unclear uncovered under undergoing underground
    underlying undermine underscore underscores underscoring underserved understand understanding
    understands understood undertake undervalued underway underwriter underwriters underwriting
    underwritten undisclosed unemployment unexpected unfair unforgettable unhappy unicorn unified unions
    unique uniquely unit units universe universities unknown unless unlike unlikely unlock unlocking
    unmatched unmet unnamed unofficial unpaid unparalleled unprecedented unsecured until unusual unveil
    unveiled unveiling unwavering up upbeat upcoming update updated updates updating upfront upgrade
    upgraded upgrades upgrading uplisting upload upon upper upside uptick upward upwards uranium urban
    urged urgency urgent urging us usage use used useful user users uses using usual usually utilities
    utility utilize utilized utilizes utilizing vacant vaccine vaccines vacuum valid valuable valuation
    valuations value valued values valuing van variable variant variants varied variety various vary
    vast vehicle vehicles vendor vendors venture verification verified versatile version versions versus
    vertical vertically verticals very vessel veteran veterans via viable vibrant victim victims victory
    video videos view viewed viewers viewership viewing views violated violating violations violence
    violent viral virtual virtually virus visibility visible vision visionary visit visited visiting
    visitors visual vital voice voiced voices volatile volatility volume volumes voluntarily voluntary
    vote voted voters votes voting vowed vs vulnerabilities vulnerability vulnerable wage wages wait
    waiting wake walk walked wallets walls waning want wanted wants war warehouse warm warming warmth
    warn warned warning warnings warns warrant warrants wars wary was wasn waste wastewater watchdog
    watched watches watching water waters wave waves way ways we weak weaken weakened weakening weaker
    weakness wealth wealthiest wealthy weapon weapons wear wearable wearing weather web website websites
    week weekday weekend weekly weeks weigh weighed weighing weighs weight welcome welcomed welcoming
    welfare well wellness went were weren whales what whatever when whenever where whereas whereby
    wherever whether which while whilst who whole wholesale wholly whom whopping whose why wide widely
    widened wider widespread wife wild will willing willingness win wind windfall window wine winner
    winners winning wins winter wiped wire wireless wish with withdraw withdrawal withdrawn withdrew
    within without witness witnessed witnessing woes woman women won wonder wondering word words work
    worked worker workers workflow workflows workforce working workplace works world worlds worldwide
    worried worries worry worrying worse worsening worst worth would wouldn wounded wraps write writer
    writers writes writing written wrong wrongdoing wrote www yard year years yen yes yesterday yet
    yield yields you young younger your youre yourself youth yuan zero zone
    """.split()
)
