import { seeded, toCsv } from './random.mjs';

const firstNames = 'Ana,Bruno,Clara,David,Elena,Felix,Greta,Hugo,Ines,Jonas,Katrin,Luis,Maria,Nils,Olga,Pedro,Rita,Sofia,Tiago,Vera'.split(',');
const lastNames = 'Almeida,Berger,Costa,Dias,Engel,Ferreira,Garcia,Huber,Jansen,Keller,Lopes,Martins,Novak,Oliveira,Pereira,Rossi,Silva,Torres,Weber,Zimmermann'.split(',');
const places = [
  ['Lisbon', 'Portugal'], ['Porto', 'Portugal'], ['Madrid', 'Spain'], ['Málaga', 'Spain'], ['Berlin', 'Germany'],
  ['München', 'Germany'], ['Zürich', 'Switzerland'], ['Paris', 'France'], ['São Paulo', 'Brazil'], ['Vienna', 'Austria'],
];
const goods = {
  Kitchen: ['Chef Knife', 'Cast Iron Pan', 'Kettle', 'Toaster', 'Cutting Board', 'Coffee Grinder'],
  Garden: ['Watering Can', 'Rake', 'Hedge Trimmer', 'Flower Pot', 'Garden Hose', 'Wheelbarrow'],
  Office: ['Desk Lamp', 'Notebook', 'Stapler', 'Office Chair', 'Whiteboard', 'Paper Shredder'],
  Toys: ['Puzzle', 'Wooden Train', 'Kite', 'Building Blocks', 'Plush Bear', 'Board Game'],
  Sports: ['Yoga Mat', 'Football', 'Tennis Racket', 'Dumbbell Set', 'Bicycle Helmet', 'Swim Goggles'],
};

/** An invented shop: four tables that refer to each other. */
export function shop() {
  const { integer, pick, chance, day } = seeded(20_240_501);
  const customers = Array.from({ length: 300 }, (_, index) => {
    const [city, country] = pick(places);
    const name = `${pick(firstNames)} ${pick(lastNames)}`;
    return {
      customer_id: index + 1,
      name,
      email: chance(0.12) ? null : `${name.toLowerCase().replace(' ', '.')}${index + 1}@example.org`,
      city,
      country,
      segment: pick(['Consumer', 'Consumer', 'Small Business', 'Enterprise']),
      signup_date: day('2021-01-05', '2024-06-28'),
      newsletter: chance(0.4),
    };
  });
  const products = Object.entries(goods).flatMap(([category, names]) => names.map((name) => ({ name, category })));
  const priced = products.map((product, index) => ({
    product_id: 100 + index,
    ...product,
    price: (integer(400, 24_000) / 100).toFixed(2),
    stock: integer(0, 250),
    discontinued: chance(0.15),
  }));
  const orders = Array.from({ length: 1500 }, (_, index) => {
    const ordered = day('2022-01-03', '2024-06-30');
    const status = pick(['delivered', 'delivered', 'delivered', 'shipped', 'cancelled', 'returned', 'pending']);
    const shipped = status === 'pending' || status === 'cancelled' ? null : ordered;
    return {
      order_id: 10_000 + index,
      customer_id: integer(1, 270),
      order_date: ordered,
      shipped_date: shipped && new Date(Date.parse(shipped) + integer(1, 9) * 86_400_000).toISOString().slice(0, 10),
      status,
      channel: pick(['web', 'web', 'store', 'phone']),
      payment_method: pick(['credit card', 'paypal', 'bank transfer']),
      shipping_cost: (integer(0, 2500) / 100).toFixed(2),
    };
  });
  const items = orders.flatMap((order) =>
    Array.from({ length: integer(1, 4) }, () => {
      const product = pick(priced);
      const quantity = integer(1, 6);
      return {
        order_id: order.order_id,
        product_id: product.product_id,
        quantity,
        unit_price: product.price,
        line_total: (quantity * Number(product.price)).toFixed(2),
      };
    }),
  );
  return { customers: toCsv(customers), products: toCsv(priced), orders: toCsv(orders), order_items: toCsv(items) };
}
