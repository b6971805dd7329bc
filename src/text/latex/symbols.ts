// What LaTeX's commands for single symbols mean, and how each is set among its neighbours. The table is our own:
// unicodeit's has brackets, dotless letters and calligraphic letters wrong, gives authors' names (`\cat`, `\fun`) to
// signs nobody meant, and takes 60 ms to read.

/**
 * How a part of a formula stands among its neighbours, by TeX's classes. `function` is a named one (`log`), `large` an
 * operator like ∑; around what is `free` there is space where its writer put it.
 */
export type Atom =
  | 'ordinary'
  | 'function'
  | 'large'
  | 'binary'
  | 'relation'
  | 'open'
  | 'close'
  | 'punctuation'
  | 'free'

export interface Sign {
  readonly text: string
  readonly atom: Atom
}

// A name and its sign, by turns; `_` for a space.
const SIGNS: { readonly [atom in Atom]: string } = {
  ordinary: `
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω digamma ϝ Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ
    Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω varGamma Γ
    varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
    upalpha α upbeta β upmu μ uppi π upsigma σ upomega ω
    ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ daleth ℸ mho ℧ eth ð Finv Ⅎ Game ⅁
    partial ∂ nabla ∇ infty ∞ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ complement ∁ neg ¬ lnot ¬ top ⊤
    bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢ surd √ prime ′ backprime ‵ triangle △ vartriangle △ triangledown ▽
    blacktriangle ▲ blacktriangledown ▼ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ blacklozenge ⧫ bigstar ★
    clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ sharp ♯ flat ♭ natural ♮ checkmark ✓ maltese ✠ degree °
    copyright © circledR ® circledS Ⓢ yen ¥ pounds £ euro € S § P ¶ dag † ddag ‡ ldots … dots … dotsc … dotso …
    textellipsis … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ hdots … vdots ⋮ ddots ⋱ iddots ⋰ adots ⋰ QED ∎ qed ∎ qedsymbol ∎
    Bbbk 𝕜 diagup ╱ diagdown ╲ cmark ✓ xmark ✗ lq ‘ rq ’ lbar ƛ
    ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ smiley ☺ male ♂ female ♀ ohm Ω celsius ℃ micro µ`,
  function: `
    arccos arccos arcsin arcsin arctan arctan arg arg cos cos cosh cosh cot cot coth coth csc csc deg deg det det dim dim
    exp exp gcd gcd hom hom inf inf ker ker lg lg lim lim liminf lim_inf limsup lim_sup ln ln log log max max min min Pr Pr
    sec sec sin sin sinh sinh sup sup tan tan tanh tanh injlim inj_lim projlim proj_lim argmax arg_max argmin arg_min`,
  large: `
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ intop ∫ smallint ∫ bigcap ⋂ bigcup ⋃
    bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigodot ⨀ bigoplus ⨁ bigotimes ⨂ biguplus ⨄`,
  binary: `
    pm ± mp ∓ times × div ÷ ast ∗ star ⋆ circ ∘ bullet • cdot · centerdot · cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔
    vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽
    triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯
    dagger † ddagger ‡ amalg ⨿ dotplus ∔ Cap ⋒ Cup ⋓ barwedge ⊼ veebar ⊻ doublebarwedge ⩞ boxminus ⊟ boxtimes ⊠
    boxdot ⊡ boxplus ⊞ divideontimes ⋇ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏
    curlyvee ⋎ circleddash ⊝ circledast ⊛ circledcirc ⊚ intercal ⊺ And &`,
  relation: `
    le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙ prec ≺
    succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ curlyeqprec ⋞ curlyeqsucc ⋟
    precapprox ⪷ succapprox ⪸ precneqq ⪵ succneqq ⪶ sim ∼ simeq ≃ approx ≈ approxeq ≊ thickapprox ≈ thicksim ∼
    backsim ∽ backsimeq ⋍ cong ≅ ncong ≇ equiv ≡ asymp ≍ doteq ≐ doteqdot ≑ Doteq ≑ fallingdotseq ≒
    risingdotseq ≓ eqcirc ≖ circeq ≗ triangleq ≜ bumpeq ≏ Bumpeq ≎ coloneqq ≔ coloneq ≔ eqqcolon ≕ vcentcolon : colonequals :=
    eqdef ≝ defeq ≝ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛
    lesseqqgtr ⪋ gtreqqless ⪌ lessdot ⋖ gtrdot ⋗ eqslantless ⪕ eqslantgtr ⪖ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nleqslant ≰
    ngeqslant ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lnsim ⋦ gnsim ⋧ nprec ⊀ nsucc ⊁ npreceq ⋠ nsucceq ⋡ nsim ≁
    in ∈ notin ∉ ni ∋ owns ∋ notni ∌ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ varsubsetneq ⊊
    varsupsetneq ⊋ subseteqq ⫅ supseteqq ⫆ subsetneqq ⫋ supsetneqq ⫌ nsubseteq ⊈ nsupseteq ⊉ Subset ⋐ Supset ⋑
    sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ mid | nmid ∤ shortmid ∣ nshortmid ∤ parallel ∥ nparallel ∦
    shortparallel ∥ perp ⊥ propto ∝ varpropto ∝ vdash ⊢ dashv ⊣ vDash ⊨ models ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭
    nVdash ⊮ nVDash ⊯ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ smallsmile ⌣ smallfrown ⌢ between ≬ pitchfork ⋔ therefore ∴
    because ∵ backepsilon ϶ vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴ trianglerighteq ⊵
    ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭ blacktriangleleft ◀ blacktriangleright ▶
    indep ⫫ Perp ⫫ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺
    implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
    Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀
    rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ leadsto ⇝
    rightsquigarrow ⇝ leftrightsquigarrow ↭ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢
    rightrightarrows ⇉ leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ upuparrows ⇈ downdownarrows ⇊
    dashrightarrow ⇢ dashleftarrow ⇠ Rrightarrow ⇛ Lleftarrow ⇚ looparrowright ↬ looparrowleft ↫ curvearrowright ↷
    curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺ Lsh ↰ Rsh ↱ multimap ⊸ upharpoonright ↾ upharpoonleft ↿
    restriction ↾ downharpoonright ⇂ downharpoonleft ⇃ nrightarrow ↛ nleftarrow ↚ nleftrightarrow ↮ nRightarrow ⇏
    nLeftarrow ⇍ nLeftrightarrow ⇎`,
  open: `
    langle ⟨ lceil ⌈ lfloor ⌊ lbrace { lbrack [ lvert | lVert ‖ lgroup ⟮ lmoustache ⎰ llbracket ⟦ lang ⟨ lAngle ⟪
    llangle ⟪ lparen (`,
  close: `
    rangle ⟩ rceil ⌉ rfloor ⌋ rbrace } rbrack ] rvert | rVert ‖ rgroup ⟯ rmoustache ⎱ rrbracket ⟧ rang ⟩ rAngle ⟫
    rrangle ⟫ rparen )`,
  punctuation: 'colon : ldotp . cdotp · comma ,',
  free: 'vert | Vert ‖ backslash \\ slash /',
}

const signs = new Map<string, Sign>()
/** The class of a character that stands for itself. */
const atoms = new Map<string, Atom>()
for (const [key, list] of Object.entries(SIGNS)) {
  const atom = key as Atom
  const words = list.trim().split(/[ \n]+/)
  for (let at = 0; at < words.length; at += 2) {
    const text = (words[at + 1] ?? '').replace('_', ' ')
    signs.set(words[at] ?? '', { text, atom })
    if (!atoms.has(text)) atoms.set(text, atom)
  }
}
const CHARACTERS: readonly (readonly [Atom, string])[] = [
  ['ordinary', '…⋯△▽†‡°%&#@?!"\'`.'],
  ['binary', '+-−*∗'],
  ['relation', '=<>←→'],
  ['open', '([{'],
  ['close', ')]}'],
  ['punctuation', ',;'],
  ['free', '|‖:/\\'],
]
for (const [atom, characters] of CHARACTERS) for (const character of characters) atoms.set(character, atom)

/** The sign that a command stands for, by its name without the backslash. */
export const signOf = (name: string): Sign | undefined => signs.get(name)

/** How a character stands in a formula. */
export const atomOf = (character: string): Atom => atoms.get(character) ?? 'ordinary'
