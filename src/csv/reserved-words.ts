/** Words that are no column names without quotes, in Trino's grammar or in DuckDB's. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `all alter analyse analyze and any array as asc asymmetric between both by case cast check collate column constraint
  create cross cube current_catalog current_date current_path current_role current_schema current_time
  current_timestamp current_user deallocate default deferrable delete desc describe distinct do drop else end escape
  except exists extract false fetch for foreign from full group grouping having in initially inner insert intersect
  into is join json_array json_exists json_object json_query json_table json_value lambda lateral leading left like
  limit listagg localtime localtimestamp natural normalize not null offset on only or order outer pivot pivot_longer
  pivot_wider placing prepare primary qualify recursive references returning right rollup select show skip some
  summarize symmetric table then to trailing trim true uescape union unique unnest unpivot using values variadic when
  where window with`.split(/\s+/),
);
