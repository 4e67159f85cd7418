using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Services;

/// <summary>What <c>appstack new service</c> writes: a descriptor that is valid as it is, with every choice explained, and the folder of its migrations.</summary>
public static class NewService
{
    /// <summary>What is wrong with a service's name; <see langword="null"/>: nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? Problem(string name) =>
        TextFormats.IsMatch(TextFormat.Name, name) ? null : $"'{name}' is not the name of a service: {TextFormats.Rule(TextFormat.Name)}";

    /// <summary>The files, by path relative to the service's folder.</summary>
    /// <param name="name">The service's name.</param>
    public static IReadOnlyDictionary<string, string> Files(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var prefix = string.Concat(name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ServiceFiles.FileName] = Descriptor(name, prefix),
            [Path.Combine("migrations", "0001-first.sql")] = Migration(name),
        };
    }

    private static string Descriptor(string name, string prefix) => $"""
        # yaml-language-server: $schema=../service.schema.json
        #
        # The service {name}. Deploy it to an environment with `./appstack up ENVIRONMENT-{name}`, look first with `./appstack preview ENVIRONMENT-{name}`.
        # Every key is in docs/service-yaml.md; what is not written has a safe default.
        name: {name}
        description: What {name} is for, in a sentence
        # The group that answers for it.
        team: {name}-team
        # Another version makes other pods.
        version: "0.1.0"

        # An image of your registry with an exact tag or a digest. In a lab: `project:` with a .NET project of this repository, which is built here.
        image: { Braced($"reference: registry.example/{name}:0.1.0") }

        # At least two, so that one may be lost; they are replaced one after the other, without a gap.
        replicas: 2
        # Thousandths of a core that a pod is sure to get, and MiB of memory: all that it gets.
        resources: { Braced("cpu: 100, memory: 128") }

        port: 8080
        # Readiness: 200 while it wants requests. Liveness: 200 unless only a restart helps; it asks nobody else.
        probes: { Braced("readiness: /readyz, liveness: /healthz") }
        # On a port that citizens do not reach:
        # metrics: { Braced("port: 8081, path: /metrics") }

        # Environment variables; everybody may see them.
        config:
          {prefix}__Greeting: hello

        # Files in the pods, whose values are set with: appstack config set --stack ENVIRONMENT-{name} --secret smtp-password < file
        # secrets:
        #   - { Braced($"name: smtp-password, setting: {prefix}__SmtpPasswordFile") }

        # A database of its own, through the poolers. The environment admits it: databases[].services: [{ Braced($"name: {name}") }]
        # database:
        #   setting: {prefix}__Database
        #   passwordFile: {prefix}__PasswordFile
        #   migrations: stacks/services/{name}/migrations

        # How citizens reach it. The platform's own authority issues the certificate and renews it; HTTP is sent to HTTPS.
        # routes:
        #   - { Braced($"hosts: [{name}.example.gov]") }

        # Alerts of its own, in PromQL. Errors of its routes, pods that are missing or restart are the platform's alerts already.
        # alerts:
        #   - { Braced("name: TooManyWait, expression: sum(waiting_requests) > 100, for: 5m, summary: many requests wait") }

        # It may connect to its database and to nothing else, unless it says so here.
        # egress:
        #   - { Braced("to: 10.20.0.5/32, ports: [443]") }

        # The web application firewall refuses what the Core Rule Set finds. What the service never needs can be refused, too:
        # waf: { Braced("methods: [GET, POST], contentTypes: [application/json]") }

        """;

    private static string Migration(string name) => $"""
        -- The first change of the schema of {name}. It runs once, before the pods of the version that brings it start; what has run is never changed,
        -- only followed by 0002-... Its tables belong to the owner of the database; the service may read and write rows, not change the schema.
        CREATE TABLE example (
            id      bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
            created timestamptz NOT NULL DEFAULT now()
        );

        """;

    private static string Braced(string text) => $"{{ {text} }}";
}
