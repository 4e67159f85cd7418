using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppStack.Compatibility.Tests.Surface;

/// <summary>
/// Writes the public surface of an assembly in the form of engine/api/*.txt: a line per type and, indented, a line per member.
/// Nullability of reference types, interfaces, attributes and tuple names are left out.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(double)] = "double",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    private static readonly Type[] NullableNames = [typeof(bool), typeof(int), typeof(double), typeof(TimeSpan)];

    public static IEnumerable<(string Type, IReadOnlyList<string> Members)> Of(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        orderby type.FullName
        select (Describe(type), (IReadOnlyList<string>)[.. MembersOf(type).Order(StringComparer.Ordinal)]);

    private static string Describe(Type type)
    {
        var name = $"{type.Namespace}.{Name(type)}";
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{name} : delegate {Name(invoke.ReturnType)} ({Parameters(invoke)})";
        }

        if (type.IsInterface)
        {
            return $"{name} : interface";
        }

        if (type.IsEnum)
        {
            return $"{name} : enum";
        }

        if (type.IsValueType)
        {
            return $"{name} : {(type.GetCustomAttribute<IsReadOnlyAttribute>() is null ? "" : "readonly ")}struct";
        }

        var modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        var parent = type.BaseType is { } candidate && candidate != typeof(object) ? " : " + Name(candidate) : "";
        return $"{name} : {modifier}class{parent}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (IsDelegate(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return type.GetEnumNames().Select(static value => "value " + value);
        }

        var constructors = type.GetConstructors(Declared).Where(IsVisible)
            .Select(constructor => $"{(constructor.IsFamily ? "protected " : "")}ctor ({Parameters(constructor)})");
        var fields = type.GetFields(Declared).Where(static field => field.IsPublic)
            .Select(static field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}field {Name(field.FieldType)} {field.Name}");
        var properties = type.GetProperties(Declared).Where(static property => property.GetAccessors().Length > 0).Select(Property);
        var methods = type.GetMethods(Declared).Where(static method => IsVisible(method) && (!method.IsSpecialName || IsOperator(method))).Select(Method);
        return type.IsValueType
            ? constructors.Where(static constructor => constructor != "ctor ()").Concat(fields).Concat(properties).Concat(methods)
            : constructors.Concat(fields).Concat(properties).Concat(methods);
    }

    private static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type) && type != typeof(Delegate);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Property(PropertyInfo property)
    {
        var accessors = (property.GetMethod is { IsPublic: true } ? "get; " : "")
            + (property.SetMethod is { IsPublic: true } setter
                ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
                : "");
        var isStatic = property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        return $"{isStatic}{Name(property.PropertyType)} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        var access = method.IsFamily ? "protected " : "";
        var modifier = method.IsStatic ? "static " : IsOverride(method) ? "override " : "";
        var parameters = Parameters(method);
        return method.Name switch
        {
            "op_Implicit" => $"static implicit operator {Name(method.ReturnType)}({parameters})",
            "op_Explicit" => $"static explicit operator {Name(method.ReturnType)}({parameters})",
            "op_Equality" => $"static operator ==({parameters})",
            "op_Inequality" => $"static operator !=({parameters})",
            var name => $"{access}{modifier}{Name(method.ReturnType)} {name}{Arguments(method)}({parameters})",
        };
    }

    private static bool IsOverride(MethodInfo method) => method.IsVirtual && method.GetBaseDefinition() != method;

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method)
    {
        var parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " + parameters : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        var value = !parameter.HasDefaultValue ? "" : " = " + parameter.DefaultValue switch
        {
            null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => "default",
            null => "null",
            bool flag => flag ? "true" : "false",
            string text => $"\"{text}\"",
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };
        return $"{modifier}{Name(type)} {parameter.Name}{value}";
    }

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + (NullableNames.Contains(underlying) ? "?" : "");
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        return type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
            ? $"({string.Join(", ", TupleElements(type))})"
            : $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    // Tuples keep the elements from the eighth on in a tuple of their own.
    private static IEnumerable<string> TupleElements(Type tuple)
    {
        var elements = tuple.GetGenericArguments();
        return elements.Length < 8 ? elements.Select(Name) : elements.Take(7).Select(Name).Concat(TupleElements(elements[7]));
    }
}
