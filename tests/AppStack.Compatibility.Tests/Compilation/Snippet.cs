using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppStack.Compatibility.Tests.Compilation;

/// <summary>Compiles statements as the body of a method that has the variables the tests speak of.</summary>
internal static class Snippet
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The ids of the errors that the compiler finds, in order.</summary>
    public static IReadOnlyList<string> ErrorsOf(string statements, string declarations = "")
    {
        var source = $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;
            using System.Collections.Immutable;
            using System.Linq;
            using System.Threading.Tasks;
            using Pulumi;
            using Remote = Pulumi.Command.Remote;

            public sealed class SampleArgs : ResourceArgs
            {
                [Input("list")] private InputList<string>? _list;
                [Input("map")] private InputMap<string>? _map;
                [Input("triggers")] private InputList<object>? _triggers;
                public InputList<string> L { get => _list ??= new InputList<string>(); set => _list = value; }
                public InputMap<string> M { get => _map ??= new InputMap<string>(); set => _map = value; }
                public InputList<object> Triggers { get => _triggers ??= new InputList<object>(); set => _triggers = value; }
                [Input("text")] public Input<string>? Text { get; set; }
                [Input("number")] public Input<int>? Number { get; set; }
            }

            public sealed class R2 : CustomResource
            {
                public R2(string name) : base("sample:index:R2", name, ResourceArgs.Empty) { }
            }

            {{declarations}}

            public static class Program
            {
                public static void Run(Output<string> output, Input<string> input, string n, bool cond, IEnumerable<string> many, string[] xs, object a)
                {
                    {{statements}}
                }
            }
            """;
        return [.. Compile(source, OutputKind.DynamicallyLinkedLibrary).Select(static error => error.Id).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The errors that the compiler finds in a program of statements, with the namespaces that a project of the SDK imports by itself.</summary>
    public static IReadOnlyList<string> ErrorsOfProgram(string program)
    {
        string[] imported = ["System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Collections.Generic"];
        return [.. Compile(string.Concat(imported.Select(static name => $"global using {name};")) + program, OutputKind.ConsoleApplication).Select(static error => error.ToString())];
    }

    private static IEnumerable<Diagnostic> Compile(string source, OutputKind kind) => CSharpCompilation
        .Create(
            "snippet",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))],
            References,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable))
        .GetDiagnostics()
        .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
