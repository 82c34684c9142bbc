/** All texts of a business profile. */
export const TEXTS = {
  about: "Succulent specialists!",
  address: "1 Hacker Way, Menlo Park",
  description: "Cakes of every kind",
  email: "cakes@example.com",
  vertical: "RESTAURANT",
  websites: ["https://example.com/", "https://shop.example.com"],
};
