namespace AppStack.Components.Postgres.Databases;

/// <summary>A change of a schema: SQL that is run once, in the order of the names.</summary>
/// <param name="Name">Name of the file, e.g. <c>0001-persons.sql</c>: four digits or more, a hyphen, a word.</param>
/// <param name="Sql">Its content: SQL statements, none of them about transactions, no commands of psql.</param>
public sealed record DatabaseMigration(string Name, string Sql);
