using System.Text;
using AppStack.Components.Postgres.Databases;

namespace AppStack.Components.Tests.Postgres.Databases;

public sealed class SqlStatementsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("-- nothing\n/* at /* all */ */ ;;", "")]
    [InlineData("SELECT 1", "SELECT 1")]
    [InlineData("-- first\nSELECT 1; -- ; not here\n\nSELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';', \";\", 'a'';b'; SELECT 2", "SELECT ';', \";\", 'a'';b'|SELECT 2")]
    [InlineData("SELECT E'\\';'; SELECT 2", "SELECT E'\\';'|SELECT 2")]
    [InlineData("DO $$ BEGIN NULL; END $$; SELECT $a$;$$;$a$, $1", "DO $$ BEGIN NULL; END $$|SELECT $a$;$$;$a$, $1")]
    [InlineData("SELECT a$b, c$d; SELECT 2", "SELECT a$b, c$d|SELECT 2")]
    [InlineData("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v); SELECT 2", "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v)|SELECT 2")]
    [InlineData(
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END|SELECT 3")]
    [InlineData("SELECT 'Δήλωση 𝛼'; SELECT 2", "SELECT 'Δήλωση 𝛼'|SELECT 2")]
    public void A_script_is_cut_where_statements_begin(string script, string expected)
    {
        var runes = script.EnumerateRunes().ToArray();
        var starts = SqlStatements.Starts(script);
        var parts = starts.Select((start, i) => Text(runes[(start - 1)..(i + 1 < starts.Length ? starts[i + 1] - 1 : runes.Length)]));

        // What follows a statement until the next one (comments among it) is run with it.
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), parts.Select((part, i) => part[..expected.Split('|')[i].Length]));
    }

    private static string Text(Rune[] runes) => string.Concat(runes.Select(rune => rune.ToString()));
}
