namespace AppStack.Components.Postgres.Databases;

/// <summary>
/// A role of a service's database: a group that has the privileges, and two login roles (<c>..._a</c> and <c>..._b</c>), its members.
/// Each generation of the password uses the other one, so that whoever still has the previous password can go on with it until
/// the generation after.
/// </summary>
public sealed record DatabaseRoleSpec
{
    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>What the role is for.</summary>
    public required DatabaseRoleKind Kind { get; init; }

    /// <summary>Generation of the password, from 1; one more makes a new password for the other login role. Default: 1.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Connections that each login role may have at one server. Default: 50.</summary>
    public int ConnectionLimit { get; init; } = 50;

    /// <summary>A statement that runs longer is cancelled; zero: never. Default: 60 s. Migrations have no limit.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The role that has the privileges; nobody logs in with it.</summary>
    public string Group => Kind == DatabaseRoleKind.Migration ? DatabaseNames.Owner(Database) : $"{Database}_{Word}";

    /// <summary>The login role of this generation.</summary>
    public string Login => LoginOf(Generation);

    /// <summary>The generation of login role <c>..._a</c>: the last odd one.</summary>
    public int GenerationOfA => Generation % 2 == 1 ? Generation : Generation - 1;

    /// <summary>The generation of login role <c>..._b</c>: the last even one; 0 when there has been none.</summary>
    public int GenerationOfB => Generation % 2 == 0 ? Generation : Generation - 1;

    /// <summary>
    /// The role with which <c>verify</c> logs in as a service does, wherever services of a cluster log in. It may connect and ask what everybody may ask of PostgreSQL itself; it has no right on anything that a
    /// service has made.
    /// </summary>
    /// <param name="connectionLimit">Connections that it may have at one server.</param>
    /// <returns>The specification.</returns>
    public static DatabaseRoleSpec Verification(int connectionLimit) => new()
    {
        Database = DatabaseNames.Verification,
        Kind = DatabaseRoleKind.ReadOnly,
        ConnectionLimit = connectionLimit,
        StatementTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>How the kind is called in names of roles.</summary>
    private string Word => Kind switch
    {
        DatabaseRoleKind.Migration => "migration",
        DatabaseRoleKind.Runtime => "runtime",
        _ => "readonly",
    };

    /// <summary>The login role of a generation.</summary>
    /// <param name="generation">The generation.</param>
    /// <returns>Its name.</returns>
    public string LoginOf(int generation) => $"{Database}_{Word}_{(generation % 2 == 1 ? 'a' : 'b')}";
}
