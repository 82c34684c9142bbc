/** The program under test: a small client of WhatsApp's phone numbers, as any program may have one. */
export interface Connection {
  /** `https://graph.facebook.com`, and in a test the emulator's. */
  readonly baseUrl: string;
  readonly token: string;
}

export interface PhoneNumber {
  readonly id: string;
  readonly verified_name: string;
  readonly status: string;
  readonly platform_type: string;
  readonly new_display_name?: string;
  readonly new_name_status?: string;
}

export class GraphError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const FIELDS = "verified_name,status,platform_type,new_display_name,new_name_status";
const READS = 3;

export class PhoneNumbers {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(wabaId: string, phone: { cc: string; phone_number: string; verified_name: string }): Promise<string> {
    const { id } = (await this.#call("POST", `${wabaId}/phone_numbers`, phone)) as { id: string };
    return id;
  }

  async sendCode(id: string): Promise<void> {
    await this.#call("POST", `${id}/request_code`, { code_method: "SMS", language: "en" });
  }

  async verify(id: string, code: string): Promise<void> {
    await this.#call("POST", `${id}/verify_code`, { code });
  }

  async register(id: string, pin: string): Promise<void> {
    await this.#call("POST", `${id}/register`, { messaging_product: "whatsapp", pin });
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#call("POST", id, { new_display_name: name });
  }

  /** A read may be tried again: it changes nothing. */
  async read(id: string): Promise<PhoneNumber> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#call("GET", `${id}?fields=${FIELDS}`)) as PhoneNumber;
      } catch (error) {
        const isRefused = error instanceof GraphError && error.code !== 2;
        if (isRefused || attempt === READS) throw error;
      }
    }
  }

  /** An answer may be lost after the effect: what counts is what Graph says then. */
  async renameOnce(id: string, name: string): Promise<void> {
    try {
      await this.rename(id, name);
    } catch (error) {
      if (error instanceof GraphError) throw error;
      const { new_display_name } = await this.read(id);
      if (new_display_name !== name) throw error;
    }
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const { baseUrl, token } = this.#connection;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${baseUrl}/v25.0/${path}`, init);
    const answer = (await response.json()) as { error?: { code: number; message: string } };
    if (answer.error !== undefined) throw new GraphError(answer.error.code, answer.error.message);
    return answer;
  }
}
