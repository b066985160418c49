export function BuyerHome() { return null; }
