using System.Collections.Immutable;
using AppStack.Engine.Imports;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Cli.Import;

/// <summary>C# that declares what was imported: with it in the program, the next update has nothing to do.</summary>
internal static class DeclarationText
{
    /// <summary>Writes the declarations.</summary>
    /// <param name="file">What was asked for; its names become those of the variables.</param>
    /// <param name="imported">What is in state.</param>
    /// <returns>The code, and what could not be declared.</returns>
    public static (string Code, ImmutableArray<string> Problems) Of(ImportFile file, ImmutableArray<ResourceState> imported)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var variables = Variables(file, imported);
        var secrets = new List<string>();
        var declarations = new List<string>();
        foreach (var state in imported)
        {
            var spec = file.Resources.FirstOrDefault(spec => spec.Type == state.Type && (spec.LogicalName.Length > 0 ? spec.LogicalName : spec.Name) == state.Name);
            try
            {
                var found = new List<string>();
                declarations.Add(Declare(state, spec, variables, found));
                secrets.AddRange(found);
            }
            catch (DeclarationException exception)
            {
                problems.Add($"There is no declaration of {state.Urn}: {exception.Message}.");
            }
        }

        var head = "using Pulumi;\n";
        if (secrets.Count > 0)
        {
            head += string.Concat(secrets.Select(key => $"\n// appstack config set --secret {key} < the value")) + "\nvar config = new Config();\n";
        }

        return (declarations.Count == 0 ? "" : $"{head}\n{string.Join('\n', declarations)}", problems.ToImmutable());
    }

    private static string Declare(ResourceState state, ImportSpec? spec, Dictionary<string, string> variables, List<string> secrets)
    {
        var (type, arguments, options) = state.Custom
            ? Custom(state, spec, secrets)
            : ("ComponentResource", $"{CSharpText.Literal(state.Type)}, {CSharpText.Literal(state.Name)}", "ComponentResourceOptions");
        var lines = new List<string>();
        if (state.Parent is { } parent && Urns.Type(parent) != Urns.StackType)
        {
            lines.Add($"Parent = {variables.GetValueOrDefault(parent) ?? throw new DeclarationException($"no variable is known for its parent {parent}")}");
        }

        if (state.Protect)
        {
            lines.Add("Protect = true");
        }

        if (state.Provider is { } reference && Urns.TryParseReference(reference, out var provider, out _) && !Urns.IsDefaultProvider(provider, Urns.Type(provider)))
        {
            lines.Add($"Provider = {variables.GetValueOrDefault(provider) ?? throw new DeclarationException($"no variable is known for its provider {provider}")}");
        }

        var tail = lines.Count == 0 ? "" : $", new {options}\n{{\n{string.Concat(lines.Select(line => $"    {line},\n"))}}}";
        return $"var {variables[state.Urn]} = new {type}({arguments}{tail});\n";
    }

    private static (string Type, string Arguments, string Options) Custom(ResourceState state, ImportSpec? spec, List<string> secrets)
    {
        if (Urns.IsProviderType(state.Type))
        {
            throw new DeclarationException("providers are declared by hand, with their configuration");
        }

        var resource = SdkTypes.Find(state.Type) ?? throw new DeclarationException($"no SDK here has the type {state.Type}");
        var args = SdkTypes.ArgsOf(resource);
        var inputs = state.Inputs;
        if (spec is { Properties.Length: > 0 })
        {
            var required = SdkTypes.InputsOf(args).Where(input => input.IsRequired).Select(input => input.Name);
            inputs = PropertyMap.Of(inputs.Where(input => spec.Properties.Contains(input.Key) || required.Contains(input.Key, StringComparer.Ordinal)));
        }

        var written = new ValueWriter(state.Name, secrets).Args(inputs, args, path: "", indent: "");
        return (CSharpText.TypeName(resource), $"{CSharpText.Literal(state.Name)}, {written}", "CustomResourceOptions");
    }

    private static Dictionary<string, string> Variables(ImportFile file, ImmutableArray<ResourceState> imported)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, urn) in file.NameTable)
        {
            variables[urn] = CSharpText.Variable(name);
            taken.Add(variables[urn]);
        }

        foreach (var state in imported)
        {
            var spec = file.Resources.FirstOrDefault(spec => spec.Type == state.Type && (spec.LogicalName.Length > 0 ? spec.LogicalName : spec.Name) == state.Name);
            var variable = CSharpText.Variable(spec is { Name.Length: > 0 } ? spec.Name : state.Name);
            var unique = variable;
            for (var i = 2; !taken.Add(unique); i++)
            {
                unique = $"{variable}{i}";
            }

            variables[state.Urn] = unique;
        }

        return variables;
    }
}
