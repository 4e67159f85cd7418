using System.Globalization;
using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Random;

namespace AppStack.Components.Postgres.Databases;

/// <summary>
/// A role of a service's database with the login roles of this generation and of the one before. Passwords are made here and kept in
/// the stack's state, encrypted; the server is only ever told what it stores of them.
/// </summary>
public sealed class DatabaseRole : ComponentResource
{
    private const int PasswordLength = 32;

    /// <summary>Declares a role.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification and machine.</param>
    /// <param name="options">Options of the component; it should depend on the cluster's rollout.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public DatabaseRole(string name, DatabaseRoleArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:DatabaseRole", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"role '{name}'", DatabaseValidator.Validate(spec));

        var (passwordOfA, verifierOfA) = Secret($"{name}-a", spec.GenerationOfA);
        var (passwordOfB, verifierOfB) = spec.GenerationOfB == 0 ? (null, null) : Secret($"{name}-b", spec.GenerationOfB);
        var script = Output.Tuple(verifierOfA, verifierOfB ?? Output.Create(""))
            .Apply(v => RoleSql.Render(spec, v.Item1, v.Item2.Length == 0 ? null : v.Item2));
        Command = args.Node.Run($"{name}-sql", DatabaseCommands.Administrator, Output.CreateSecret(script), BundleOptions.For(this, options));
        Username = Output.Create(spec.Login);
        Password = Output.CreateSecret(spec.Generation % 2 == 1 ? passwordOfA : passwordOfB!);
        RegisterOutputs();
    }

    /// <summary>The command that makes the role; depend on it to come after it.</summary>
    public Pulumi.Command.Remote.Command Command { get; }

    /// <summary>The login role of this generation.</summary>
    [Output("username")]
    public Output<string> Username { get; private set; }

    /// <summary>Its password; secret.</summary>
    [Output("password")]
    public Output<string> Password { get; private set; }

    // Letters and digits only: connection strings have quoting rules of their own. The salt lives as long as the password.
    private (Output<string> Password, Output<string> Verifier) Secret(string name, int generation)
    {
        var keepers = new InputMap<string> { ["generation"] = generation.ToString(CultureInfo.InvariantCulture) };
        var own = new CustomResourceOptions { Parent = this };
        var password = new RandomPassword($"{name}-password", new RandomPasswordArgs { Length = PasswordLength, Special = false, Keepers = keepers }, own);
        var salt = new RandomBytes($"{name}-salt", new RandomBytesArgs { Length = ScramVerifier.SaltBytes, Keepers = keepers }, own);
        var verifier = Output.Tuple(password.Result, salt.Base64).Apply(v => ScramVerifier.Of(v.Item1, Convert.FromBase64String(v.Item2)));
        return (password.Result, verifier);
    }
}
