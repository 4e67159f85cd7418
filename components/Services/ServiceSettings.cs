using System.Collections.Immutable;
using System.Globalization;

namespace AppStack.Components.Services;

/// <summary>What a service's pods are told: environment variables that anybody may see, and files that nobody else may.</summary>
/// <param name="Variables">Environment variables.</param>
/// <param name="Files">Contents of the files in <see cref="ServiceNames.SecretsFolder"/>, by name.</param>
internal sealed record ServiceSettings(ImmutableSortedDictionary<string, string> Variables, ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>Works them out.</summary>
    /// <param name="spec">The service; must be valid.</param>
    /// <param name="database">Its database; <see langword="null"/> when it has none.</param>
    /// <param name="secrets">The values of its secrets.</param>
    public static ServiceSettings Of(ServiceSpec spec, DatabaseAccess? database, IReadOnlyDictionary<string, string> secrets)
    {
        var variables = spec.Config.ToBuilder();
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var secret in spec.Secrets)
        {
            variables[secret.Setting] = PathOf(secret.Name);
            files[secret.Name] = secrets[secret.Name];
        }

        if (spec.Database is { } binding && database is not null)
        {
            variables[binding.Setting] = ConnectionString(database, database.Name);
            if (binding.ReadOnlySetting is { } readOnly)
            {
                variables[readOnly] = ConnectionString(database, database.ReadOnlyName);
            }

            variables[binding.PasswordFile] = PathOf(ServiceNames.DatabasePassword);
            files[ServiceNames.DatabasePassword] = database.Password;
            files[ServiceNames.DatabaseAuthority] = database.Authority;
        }

        return new(variables.ToImmutable(), files.ToImmutable());
    }

    private static string PathOf(string file) => $"{ServiceNames.SecretsFolder}/{file}";

    // Of each pod at each pooler. A statement takes milliseconds, so so many carry thousands a second; with Npgsql's own 100 a few dozen pods would take all places of a
    // pooler (max_client_conn), and open a hundred connections each at once when one comes back.
    private const int MostConnections = 20;

    // As docs/components/pgbouncer.md says for Npgsql. Pods begin with different poolers, so that each has its share.
    private static string ConnectionString(DatabaseAccess database, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={string.Join(',', database.Hosts)};Port={database.Port};Database={name};Username={database.Username};SSL Mode=VerifyFull;Root Certificate={PathOf(ServiceNames.DatabaseAuthority)};No Reset On Close=true;Load Balance Hosts=true;Maximum Pool Size={MostConnections}");
}
