/**
 * What Meta's texts leave open or say in two ways, and the option of `startEmulator` that decides it, or what the
 * emulator does without one. The conformance page is made from this. Every option is named: null where it decides no
 * such question.
 */
import type { EmulatorOptions } from "./options.ts";

export interface OpenQuestion {
  readonly question: string;
  /** In words, the default first. */
  readonly choices: string;
  /** Of what is known: see known.ts. */
  readonly marks: string;
}

export interface DecidedQuestion {
  readonly question: string;
  /** What the emulator does. */
  readonly here: string;
  /** The contrary reading. */
  readonly otherwise: string;
  readonly marks: string;
}

export const OPTION_QUESTIONS: { readonly [option in keyof Required<EmulatorOptions>]: OpenQuestion | null } = {
  certificates: {
    question: "Are the fields certificate and new_certificate still there? The guide dropped them by June 2026.",
    choices: "`true`; `false`: asking for one fails the whole read",
    marks: "D",
  },
  firstNameStatus: {
    question: "How does the name of an added number stand before it is reviewed?",
    choices: "`AVAILABLE_WITHOUT_REVIEW`, `PENDING_REVIEW`, `NONE`",
    marks: "D T",
  },
  limits: {
    question: "Are Meta's hourly call limits enforced? The figures are documented; most tests want no limit.",
    choices: "`false`: usage headers only; `true`: Meta's figures; figures of your own",
    marks: "D",
  },
  maxPhoneNumbers: {
    question: "How many numbers may a business register? Documented are 2 at first and 20 later; the refusal is not.",
    choices: "no limit; any number",
    marks: "D I",
  },
  nameFlip: {
    question: "When does verified_name take an approved name? The guide says at approval, older texts at register.",
    choices: "`approval`, `register`",
    marks: "D",
  },
  nameRules: {
    question: "Is a name that breaks Meta's rules refused at once, or declined in review?",
    choices: "`length`: only its length is checked at once; `help_center`: the published rules too",
    marks: "T K",
  },
  onPremises: {
    question: "Is the on-premises client's `/v1/account` still there? Meta ended that API in October 2025.",
    choices: "`true`; `false`: it answers what Meta answers since",
    marks: "D K",
  },
  pinGuessIntervalSeconds: {
    question:
      "How soon after a wrong PIN is the next one refused with 133009? The code is documented, the time is not.",
    choices: "`0`: never; seconds",
    marks: "D I",
  },
  pinRetired: {
    question: "Is the two-step PIN still checked? Meta is said to retire it number by number since September 2026.",
    choices: "`false`; `true`: a PIN must be sent, and is neither checked nor kept",
    marks: "T",
  },
  proofLifetimeDays: {
    question: "After how long does code_verification_status become EXPIRED? Live numbers do; nobody published when.",
    choices: "`90`; days",
    marks: "R I",
  },
  requireProof: {
    question: "Must calls carry an appsecret_proof? It is a setting of each app.",
    choices: "`false`; `true`",
    marks: "R",
  },
  review: {
    question: "Who decides on a requested name, and when? One to three days are told; some names pass at once.",
    choices: "`manual`: a test decides; `instant`; `none`: no review; `{afterSeconds, decision, rejectionReason}`",
    marks: "D T",
  },
  staleMs: {
    question: "How long do reads lag behind writes? Reads are eventually consistent; the lag is unknown.",
    choices: "`0`; milliseconds of the emulator's clock",
    marks: "I",
  },
  appId: null,
  appSecret: null,
  clock: null,
  host: null,
  latencyMs: null,
  numbers: null,
  port: null,
  randomSeed: null,
  seed: null,
  state: null,
  tokens: null,
  wabas: null,
  webhook: null,
};

/** Decided here, and with no option: how, and how else Meta's words could be read. */
export const DECIDED_QUESTIONS: readonly DecidedQuestion[] = [
  {
    question: "Which calls count towards the ten register and ten deregister calls in 72 hours?",
    here: "each whose parameters fit, also when the number's own state refuses it (133005, 133006, 133010, 2388001, …)",
    otherwise: "malformed calls count too, or successes alone do",
    marks: "D I",
  },
  {
    question: "When does last_onboarded_time move?",
    here: "at every register call that succeeds",
    otherwise: "only when a number comes to the Cloud API that was not registered with it",
    marks: "I",
  },
  {
    question: "What does a banned number refuse?",
    here: "register (D), deregister, a PIN and a name with 131031; other writes work",
    otherwise: "all writes, or register alone",
    marks: "D I",
  },
  {
    question: "What do a number that moved away, and one with the status DELETED, refuse?",
    here: "every write, with 100/2388001 and 33; reads work; deregister of one that is not registered answers 133010",
    otherwise: "reads fail too, with 100/33",
    marks: "D I",
  },
  {
    question: "What does a GET of an edge answer that this kind of node does not have, or that is only written to?",
    here: "2500, as of an edge that no node has; other verbs 100/33",
    otherwise: "100, as of a field that does not exist",
    marks: "R K",
  },
  {
    question: "Does paging.next carry the appsecret_proof of the call?",
    here: "no: a client that follows it adds its own",
    otherwise: "yes, like access_token",
    marks: "K I",
  },
  {
    question: "Which country_code has a number whose calling code several countries share?",
    here: "the main one, US for 1; settable",
    otherwise: "that of its area code",
    marks: "I",
  },
];
