/** The shapes the API accepts, checked here too so that a form can say where it does not fit. */

export const isRegistryNumber = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9 ./-]{2,39}$/.test(text);
export const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text);
export const isAccountNumber = (text: string): boolean => /^[A-Za-z0-9 -]{5,40}$/.test(text);
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 254;
