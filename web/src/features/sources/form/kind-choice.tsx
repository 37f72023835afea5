import Link from 'next/link';
import { paths } from '@/lib/paths';
import { allKinds, kinds } from '@/components/sources/kinds';
import { KindIcon } from '@/components/sources/kind-icon';

/** The platforms that can be connected, with what each of them asks for. */
export function KindChoice() {
  return (
    <ul className="grid gap-4 md:grid-cols-3">
      {allKinds.map((kind) => {
        const { label, brings, token } = kinds[kind];
        return (
          <li key={kind} className="relative rounded-xl border bg-surface p-5 transition-colors hover:border-accent">
            <KindIcon kind={kind} className="size-6 text-accent" />
            <h2 className="mt-3 font-semibold">
              <Link href={paths.newSource(kind)} prefetch={false} className="after:absolute after:inset-0">
                {label}
              </Link>
            </h2>
            <p className="mt-1 text-sm">{brings}</p>
            <p className="mt-2 text-[13px] text-muted-foreground">
              You need {/^[aeio]/i.test(token) ? 'an' : 'a'}{' '}
              {token.replace(/^(?!API)./, (letter) => letter.toLowerCase())}; the next step says where it comes from.
            </p>
          </li>
        );
      })}
    </ul>
  );
}
